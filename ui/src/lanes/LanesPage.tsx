import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { explain } from "../api/http.ts";
import { laneHistoryQuery, lanesQuery, versionQuery, workersQuery } from "../api/queries.ts";
import { counted } from "../models/format.ts";
import { WINDOW_MINUTES, merged, windowAt, type Samples } from "../models/lanesamples.ts";
import { useNow } from "../shell/now.ts";
import { Button, Card, Skeleton } from "../shell/ui.tsx";
import { useTabState } from "../shell/useTabState.ts";
import { Lane } from "./Lane.tsx";
import { NewLane } from "./NewLane.tsx";
import { Worker } from "./Worker.tsx";

const NONE: Samples = new Map();

/** Who works, and what the calls have to pass through. */
export function LanesPage() {
  useTabState("Workers and lanes", "idle");
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-xl font-semibold">Workers and lanes</h1>
      <Workers />
      <Lanes />
    </div>
  );
}

function Workers() {
  const now = useNow();
  const { data, error } = useQuery(workersQuery);
  const build = useQuery(versionQuery).data?.buildId ?? null;
  const workers = data?.workers ?? [];
  const slots = workers.reduce((sum, each) => sum + each.slots, 0);
  const used = workers.reduce((sum, each) => sum + each.inFlight, 0);
  return (
    <Card
      id="workers"
      title="Workers"
      aside={
        slots > 0 && (
          <span className="text-ink-2 tabular">{`${used} of ${counted(slots, "slot")} used`}</span>
        )
      }
    >
      <Trouble error={error} what="The workers" />
      {data === undefined && error === null && <Waiting rows={2} />}
      {data?.workers.length === 0 && (
        <p className="border-t border-line px-4 py-4 text-ink-2">
          No worker is alive. Calls wait until one registers.
        </p>
      )}
      <ul data-testid="workers">
        {workers.map((worker) => (
          <Worker key={worker.workerId} worker={worker} build={build} now={now} />
        ))}
      </ul>
    </Card>
  );
}

function Lanes() {
  const now = useNow();
  const { data, error } = useQuery(lanesQuery);
  // What the polls missed while they failed is asked for again.
  const past = useQuery({ ...laneHistoryQuery, enabled: error === null });
  const samples = useMemo(
    () => merged(past.data ?? NONE, data?.seen ?? NONE),
    [past.data, data?.seen],
  );
  const time = windowAt(now, samples);
  const [adding, setAdding] = useState(false);
  return (
    <Card
      id="lanes"
      title="Lanes"
      aside={
        <span className="flex items-center gap-3">
          <span className="text-ink-2">{`Last ${WINDOW_MINUTES} minutes`}</span>
          <Button className="min-h-7 px-2 text-xs" onClick={() => setAdding(!adding)}>
            {adding ? "Do not add" : "Add a lane"}
          </Button>
        </span>
      }
    >
      <Trouble error={error} what="The lanes" />
      <Trouble error={past.error} what="How the lanes stood before" />
      {adding && <NewLane onDone={() => setAdding(false)} />}
      {data === undefined && error === null && <Waiting rows={3} />}
      {data?.lanes.length === 0 && (
        <p className="border-t border-line px-4 py-4 text-ink-2">No lane has been heard of yet.</p>
      )}
      <ul data-testid="lanes">
        {data?.lanes.map((lane) => (
          <Lane
            key={lane.lane}
            lane={lane}
            samples={samples.get(lane.lane) ?? []}
            time={time}
            now={now}
          />
        ))}
      </ul>
    </Card>
  );
}

function Trouble({ error, what }: { error: Error | null; what: string }) {
  if (error === null) return null;
  return (
    <p role="alert" className="border-t border-line px-4 py-3 text-failed-ink">
      {`${what} cannot be read: ${explain(error)}`}
    </p>
  );
}

function Waiting({ rows }: { rows: number }) {
  return (
    <div aria-busy="true" className="flex flex-col gap-3 border-t border-line p-4">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} className="h-11" />
      ))}
    </div>
  );
}
