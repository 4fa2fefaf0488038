import { count, counted } from "../models/format.ts";
import type { Tone } from "../models/runs.ts";
import { useNow } from "../shell/now.ts";
import { Dot, INK } from "../shell/ui.tsx";
import { describeConnection, type Connection } from "../stream/connection.ts";
import type { RunFeed } from "../stream/fold.ts";

/** Up to which event the page is true, and how it stands to what comes next. */
export function Freshness({ feed, connection }: { feed: RunFeed; connection: Connection }) {
  const now = useNow();
  const tone = toneOf(connection);
  return (
    <div className="min-w-0">
      <dt className="eyebrow">As of event</dt>
      <dd className="mt-0.5 font-medium tabular">
        <data
          data-testid="as-of"
          data-generation={feed.asOf?.generation}
          value={feed.asOf?.offset ?? ""}
        >
          {feed.asOf === null ? "…" : count(feed.asOf.offset)}
        </data>
      </dd>
      <dd
        data-testid="connection"
        data-kind={connection.kind}
        title={connection.kind === "stale" ? connection.reason : undefined}
        className={`mt-0.5 flex min-h-4 items-baseline gap-1.5 text-xs tabular ${INK[tone]}`}
      >
        <Dot tone={tone} moving={connection.kind !== "live"} />
        {describeConnection(connection, now)}
      </dd>
      {feed.faults > 0 && (
        <dd className="mt-0.5 text-xs text-failed-ink" role="status">
          {`${counted(feed.faults, "frame")} refused`}
        </dd>
      )}
    </div>
  );
}

function toneOf(connection: Connection): Tone {
  switch (connection.kind) {
    case "live":
      return "ok";
    case "connecting":
    case "catching-up":
      return "in-flight";
    case "stale":
      return "timed-out";
    case "gone":
      return "failed";
  }
}
