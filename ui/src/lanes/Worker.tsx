import type { WorkerView } from "../api/types.ts";
import { ago, count } from "../models/format.ts";
import type { Label } from "../models/runs.ts";
import { Badge } from "../shell/ui.tsx";
import { Meter } from "./Meter.tsx";

interface WorkerProps {
  worker: WorkerView;
  /** The gateway's build: a worker of another one is out of date. */
  build: string | null;
  now: number;
}

export function Worker({ worker, build, now }: WorkerProps) {
  const { workerId, buildId, slots, inFlight, at } = worker;
  const other = build !== null && buildId !== build;
  return (
    <li className="worker-row" data-testid={`worker-${workerId}`}>
      <div className="min-w-0">
        <span className="block truncate font-mono text-xs font-medium" title={workerId}>
          {workerId}
        </span>
        <span
          className={`block truncate text-xs ${other ? "text-timed-out-ink" : "text-ink-2"}`}
          title={buildId}
        >
          {`build ${buildId}${other ? ", differs" : ""}`}
        </span>
        <Providers worker={worker} />
      </div>
      <div className="justify-self-end sm:justify-self-start">
        <Badge label={stateOf(worker)} />
      </div>
      <Meter
        label="Slots used"
        value={inFlight}
        limit={slots}
        warns={false}
        text={`${count(inFlight)} of ${count(slots)} slots`}
      />
      <span className="text-right text-xs whitespace-nowrap text-ink-2 tabular">
        <span className="sr-only">Last heartbeat </span>
        <time dateTime={at}>{ago(at, now)}</time>
      </span>
    </li>
  );
}

/** Which providers it can reach. */
function Providers({ worker }: { worker: WorkerView }) {
  const names = worker.providers.join(", ");
  return (
    <span className="block truncate text-xs text-ink-2" title={names}>
      {names === "" ? "no provider configured" : names}
    </span>
  );
}

function stateOf({ silent, draining }: WorkerView): Label {
  if (silent) return { text: "Silent", tone: "failed" };
  if (draining) return { text: "Draining", tone: "retry" };
  return { text: "Live", tone: "ok" };
}
