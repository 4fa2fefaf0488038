import { count, counted } from "../models/format.ts";
import type { Tone } from "../models/runs.ts";
import { useNow } from "../shell/now.ts";
import { Dot, INK } from "../shell/ui.tsx";
import type { Connection } from "../stream/connection.ts";
import type { RunFeed } from "../stream/fold.ts";
import { freshnessOf, type Freshness as FreshnessOf } from "../stream/freshness.ts";
import { serverOffset } from "../stream/serverClock.ts";
import { useLiveRun } from "../stream/useRunStream.ts";

/** Up to which event the page is true, and how it stands to what comes next. */
export function Freshness({ feed, connection }: { feed: RunFeed; connection: Connection }) {
  const now = useNow();
  const live = useLiveRun(feed.runId);
  const { kind, text, detail } = freshnessOf({ ...live, connection }, now, serverOffset());
  const tone = TONES[kind];
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
        data-kind={kind}
        title={detail ?? undefined}
        className={`mt-0.5 flex min-h-4 items-baseline gap-1.5 text-xs tabular ${INK[tone]}`}
      >
        <Dot tone={tone} moving={kind !== "live"} />
        {text}
      </dd>
      {feed.faults > 0 && (
        <dd className="mt-0.5 text-xs text-failed-ink" role="status">
          {`${counted(feed.faults, "frame")} refused`}
        </dd>
      )}
    </div>
  );
}

const TONES: Record<FreshnessOf["kind"], Tone> = {
  live: "ok",
  connecting: "in-flight",
  connected: "in-flight",
  "catching-up": "in-flight",
  standing: "timed-out",
  unreachable: "failed",
  stale: "timed-out",
  gone: "failed",
};
