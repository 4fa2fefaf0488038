import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { RunView } from "../api/types.ts";
import { count, duration, money } from "../models/format.ts";
import { endedOf, labelOf } from "../models/runs.ts";
import { ProgressBar } from "../shell/ProgressBar.tsx";
import { Badge, INK } from "../shell/ui.tsx";
import { DOING, type BulkAction } from "./bulk.ts";
import { PaceSpark } from "./PaceSpark.tsx";

interface RunRowProps {
  run: RunView;
  stuck: boolean;
  asked: BulkAction | null;
  elapsed: number;
  requested: string;
  /** Whether the list has columns. */
  wide: boolean;
}

/** A row whose run stands still is not drawn again with each tick of the clock. */
export const RunRow = memo(function RunRow({
  run,
  stuck,
  asked,
  elapsed,
  requested,
  wide,
}: RunRowProps) {
  return (
    <>
      <div className="min-w-0">
        <Link
          to="/runs/$runId"
          params={{ runId: run.runId }}
          title={run.name}
          className="cover block truncate font-medium"
        >
          {run.name}
        </Link>
        <code className="block truncate font-mono text-xs text-ink-2">{run.runId}</code>
      </div>
      <div className="justify-self-end lg:justify-self-start">
        <Badge
          label={
            asked === null
              ? labelOf(run.status, run.outcome)
              : { text: DOING[asked], tone: "retry" }
          }
        />
      </div>
      <div className="max-lg:col-span-2 max-lg:col-start-2">
        <ProgressBar stats={run.stats} />
        <Counts run={run} stuck={stuck} />
      </div>
      {wide && <PaceSpark run={run} />}
      <div className="flex items-baseline justify-between gap-3 max-lg:col-span-2 max-lg:col-start-2 lg:contents">
        <span className="tabular lg:text-right">
          <span className="sr-only">Cost </span>
          {money(run.stats.costUsd)}
        </span>
        <span className="text-right tabular">
          <span className="sr-only">Duration </span>
          {duration(elapsed)}
        </span>
        <time
          dateTime={run.requestedAt}
          title={run.requestedAt}
          className="text-xs whitespace-nowrap text-ink-2 lg:text-right"
        >
          {requested}
        </time>
      </div>
    </>
  );
});

/** The numbers that matter in a list: how far, and what went wrong. */
function Counts({ run, stuck }: { run: RunView; stuck: boolean }) {
  const { stats } = run;
  const troubles = [
    { count: stats.failed, label: "failed", ink: INK.failed },
    { count: stats.timedOut, label: "timed out", ink: INK["timed-out"] },
    { count: stats.retries, label: stats.retries === 1 ? "retry" : "retries", ink: INK.retry },
  ].filter((trouble) => trouble.count > 0);
  return (
    <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-ink-2 tabular">
      <span>{`${count(endedOf(stats))} of ${count(stats.planned)}`}</span>
      {stuck && <span className={`font-medium ${INK["timed-out"]}`}>stuck</span>}
      {troubles.map((trouble) => (
        <span key={trouble.label} className={trouble.ink}>
          {`${count(trouble.count)} ${trouble.label}`}
        </span>
      ))}
    </p>
  );
}
