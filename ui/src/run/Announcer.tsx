import type { RunView } from "../api/types.ts";
import { labelOf } from "../models/runs.ts";
import type { Connection } from "../stream/connection.ts";

/** Tells a screen reader when the state changes, and never when only a number does. */
export function Announcer({ run, connection }: { run: RunView; connection: Connection }) {
  return (
    <p role="status" aria-live="polite" className="sr-only" data-testid="announcer">
      {`Run ${labelOf(run.status, run.outcome).text.toLowerCase()}. ${spoken(connection)}`}
    </p>
  );
}

function spoken(connection: Connection): string {
  switch (connection.kind) {
    case "connecting":
    case "catching-up":
    case "live":
      return "";
    case "stale":
      return "Connection lost, reconnecting.";
    case "gone":
      return "The run is gone.";
  }
}
