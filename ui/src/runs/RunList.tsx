import { Link } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useState } from "react";
import type { RunView } from "../api/types.ts";
import { ago, count, duration, money } from "../models/format.ts";
import { elapsedMs, endedOf, labelOf } from "../models/runs.ts";
import { ProgressBar } from "../shell/ProgressBar.tsx";
import { Badge, INK } from "../shell/ui.tsx";

interface RunListProps {
  runs: readonly RunView[];
  now: number;
}

/** The rows in view and a few more: a thousand runs cost what twenty cost. */
export function RunList({ runs, now }: RunListProps) {
  const [list, setList] = useState<HTMLElement | null>(null);
  const scrollMargin = list?.offsetTop ?? 0;
  const virtual = useWindowVirtualizer({
    count: runs.length,
    estimateSize: () => 66,
    overscan: 6,
    scrollMargin,
    getItemKey: (index) => runs[index]?.runId ?? index,
  });
  return (
    <>
      <div
        aria-hidden="true"
        className={`grid-head max-lg:hidden! ${COLUMNS} border-t border-line py-2`}
      >
        <span>Run</span>
        <span>State</span>
        <span>Calls</span>
        <span className="text-right">Cost</span>
        <span className="text-right">Duration</span>
        <span className="text-right">Requested</span>
      </div>
      <ul
        ref={setList}
        data-testid="runs"
        className="relative"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const run = runs[item.index];
          return run === undefined ? null : (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={runs.length}
              aria-posinset={item.index + 1}
              className={ROW}
              style={{ transform: `translateY(${item.start - scrollMargin}px)` }}
            >
              <RunRow
                run={run}
                elapsed={elapsedMs(run, now)}
                requested={ago(run.requestedAt, now)}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}

const COLUMNS =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 lg:grid-cols-[minmax(0,1.4fr)_12.5rem_minmax(12rem,1fr)_5rem_7rem_5.5rem]";

const ROW = `absolute inset-x-0 top-0 items-center border-t border-line gap-y-1.5 py-3 hover:bg-hover has-[:focus-visible]:bg-hover ${COLUMNS}`;

interface RunRowProps {
  run: RunView;
  elapsed: number;
  requested: string;
}

/** A row whose run stands still is not drawn again with each tick of the clock. */
const RunRow = memo(function RunRow({ run, elapsed, requested }: RunRowProps) {
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
        <Badge label={labelOf(run.status, run.outcome)} />
      </div>
      <div className="max-lg:col-span-2">
        <ProgressBar stats={run.stats} />
        <Counts run={run} />
      </div>
      <div className="flex items-baseline justify-between gap-3 max-lg:col-span-2 lg:contents">
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
function Counts({ run }: { run: RunView }) {
  const { stats } = run;
  const troubles = [
    { count: stats.failed, label: "failed", ink: INK.failed },
    { count: stats.timedOut, label: "timed out", ink: INK["timed-out"] },
    { count: stats.retries, label: stats.retries === 1 ? "retry" : "retries", ink: INK.retry },
  ].filter((trouble) => trouble.count > 0);
  return (
    <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-ink-2 tabular">
      <span>{`${count(endedOf(stats))} of ${count(stats.planned)}`}</span>
      {troubles.map((trouble) => (
        <span key={trouble.label} className={trouble.ink}>
          {`${count(trouble.count)} ${trouble.label}`}
        </span>
      ))}
    </p>
  );
}
