import { useQuery } from "@tanstack/react-query";
import { quarantineQuery, versionQuery } from "../api/queries.ts";
import type { GatewayVersion } from "../api/types.ts";
import { counted } from "../models/format.ts";
import { presentServices, UI_BUILD } from "./builds.ts";
import { useNow } from "./now.ts";
import { Dot } from "./ui.tsx";

/** Which builds are on the other side of this page, and what could not be read. */
export function Footer() {
  const version = useQuery(versionQuery);
  const quarantine = useQuery(quarantineQuery);
  return (
    <footer className="mt-auto border-t border-line px-4 py-3 text-xs text-ink-2 sm:px-6">
      <div className="mx-auto flex w-full max-w-[100rem] flex-wrap items-center gap-x-5 gap-y-2">
        <Build name="UI" id={UI_BUILD} testid="ui-build" />
        <Build
          name="Gateway"
          id={version.data?.buildId ?? gatewayState(version.isError)}
          testid="gateway-build"
        />
        {version.data !== undefined && <Services version={version.data} />}
        {(quarantine.data?.count ?? 0) > 0 && (
          <span role="status" className="font-medium text-failed-ink">
            {counted(quarantine.data?.count ?? 0, "record")} in quarantine
          </span>
        )}
      </div>
    </footer>
  );
}

function gatewayState(failed: boolean): string {
  return failed ? "unreachable" : "…";
}

function Build({ name, id, testid }: { name: string; id: string; testid: string }) {
  return (
    <span className="inline-flex min-w-0 items-baseline gap-1.5">
      {name}
      <code data-testid={testid} className="truncate font-mono text-ink">
        {id}
      </code>
    </span>
  );
}

function Services({ version }: { version: GatewayVersion }) {
  const now = useNow();
  return (
    <ul aria-label="Services seen" className="flex flex-wrap gap-x-4 gap-y-1">
      {presentServices(version, now).map((each) => (
        <li key={each.instance} className="inline-flex items-center gap-1.5" title={each.buildId}>
          <Dot tone={each.buildId === version.buildId ? "ok" : "timed-out"} />
          {each.service}
        </li>
      ))}
    </ul>
  );
}
