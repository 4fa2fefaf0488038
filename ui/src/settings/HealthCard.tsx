import { useQuery } from "@tanstack/react-query";
import type { Health, ServiceHealth } from "../api/types.ts";
import { ago, counted } from "../models/format.ts";
import type { Label } from "../models/runs.ts";
import { useNow } from "../shell/now.ts";
import { Badge, Card, Scroll } from "../shell/ui.tsx";
import { Loaded } from "./Loaded.tsx";
import { healthQuery } from "./settingsQueries.ts";

/** As far as the gateway can know: it hears of others only what they write. */
export function HealthCard() {
  const health = useQuery(healthQuery);
  return (
    <Card id="health" title="Health">
      <Loaded query={health}>{(data) => <Parts health={data} />}</Loaded>
    </Card>
  );
}

function Parts({ health }: { health: Health }) {
  const { behindEvents } = health.projector;
  return (
    <div data-testid="health">
      <dl className="grid gap-px border-t border-line bg-line sm:grid-cols-3">
        <Part name="Event log" label={upOrDown(health.log)} />
        <Part name="Store" label={upOrDown(health.store)} />
        <Part name="Tables behind the log" label={behind(behindEvents)} />
      </dl>
      <Scroll label="State of each service">
        <table className="table w-full border-t border-line">
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col" className="text-left!">
                State
              </th>
              <th scope="col">Last heard of</th>
              <th scope="col">Instance</th>
            </tr>
          </thead>
          <tbody>
            {health.services.map((each) => (
              <Service key={`${each.service} ${each.instance}`} service={each} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}

function Part({ name, label }: { name: string; label: Label }) {
  return (
    <div className="flex items-center justify-between gap-3 bg-surface px-4 py-2.5">
      <dt className="text-ink-2">{name}</dt>
      <dd>
        <Badge label={label} />
      </dd>
    </div>
  );
}

function upOrDown(state: "UP" | "DOWN"): Label {
  return state === "UP" ? { text: "Up", tone: "ok" } : { text: "Down", tone: "failed" };
}

function behind(events: number | null): Label {
  if (events === null) return { text: "Unknown", tone: "muted" };
  if (events === 0) return { text: "Not behind", tone: "ok" };
  return { text: counted(events, "event"), tone: events > 1_000 ? "timed-out" : "in-flight" };
}

/** SEEN: it has no heartbeat, so all that is known is when it last wrote to the log. */
const STATES: Record<ServiceHealth["status"], Label> = {
  UP: { text: "Up", tone: "ok" },
  SILENT: { text: "Silent", tone: "failed" },
  SEEN: { text: "Seen", tone: "muted" },
};

function Service({ service }: { service: ServiceHealth }) {
  const now = useNow();
  return (
    <tr>
      <th scope="row" className="font-medium">
        {service.service}
      </th>
      <td className="text-left!">
        <Badge label={STATES[service.status]} />
      </td>
      <td>
        <time dateTime={service.lastSeenAt} title={service.lastSeenAt}>
          {ago(service.lastSeenAt, now)}
        </time>
      </td>
      <td className="font-mono text-xs">{service.instance}</td>
    </tr>
  );
}
