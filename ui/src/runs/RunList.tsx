import { Link } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useRef, useState, type KeyboardEvent } from "react";
import type { RunView } from "../api/types.ts";
import { ago, count, duration, money } from "../models/format.ts";
import { elapsedMs, endedOf, labelOf } from "../models/runs.ts";
import { ProgressBar } from "../shell/ProgressBar.tsx";
import { Badge, INK } from "../shell/ui.tsx";
import type { Stuck } from "../models/runlist.ts";
import { DOING, type BulkAction } from "./bulk.ts";
import { allToggled, toggled, type Selection } from "./selection.ts";
import { Tick } from "./Tick.tsx";

interface RunListProps {
  runs: readonly RunView[];
  now: number;
  stuck: Stuck;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** What was asked of a run and is not told yet. */
  open: ReadonlyMap<string, BulkAction>;
}

/** The rows in view and a few more: a thousand runs cost what twenty cost. */
export function RunList({ runs, now, stuck, selection, onSelect, open }: RunListProps) {
  const [list, setList] = useState<HTMLElement | null>(null);
  const order = runs.map(({ runId }) => runId);
  const chosen = order.filter((id) => selection.ids.has(id)).length;
  const range = useRef(false);
  const scrollMargin = list?.offsetTop ?? 0;
  const virtual = useWindowVirtualizer({
    count: runs.length,
    estimateSize: () => 66,
    overscan: 6,
    scrollMargin,
    getItemKey: (index) => runs[index]?.runId ?? index,
  });
  const select = (id: string, wide: boolean) => onSelect(toggled(selection, id, wide, order));
  const step = (index: number, by: number, extend: boolean) => {
    const next = order[index + by];
    if (next === undefined) return;
    virtual.scrollToIndex(index + by, { align: "auto" });
    const box = list?.querySelector<HTMLElement>(`[data-tick="${next}"]`);
    box?.focus();
    if (extend && !selection.ids.has(next)) select(next, false);
  };
  const onKey = (event: KeyboardEvent, index: number) => {
    range.current = event.shiftKey;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    step(index, event.key === "ArrowDown" ? 1 : -1, event.shiftKey);
  };
  return (
    <>
      <div className={`grid-head items-center ${COLUMNS} border-t border-line py-2`}>
        <Tick
          label="Select all runs of this list"
          checked={chosen === runs.length && chosen > 0}
          partly={chosen > 0 && chosen < runs.length}
          testid="select-all"
          onChange={() => onSelect(allToggled(selection, order))}
        />
        <span aria-hidden="true">Run</span>
        <span aria-hidden="true" className="max-lg:hidden">
          State
        </span>
        <span aria-hidden="true" className="max-lg:hidden">
          Calls by state
        </span>
        {["Cost", "Duration", "Requested"].map((name) => (
          <span key={name} aria-hidden="true" className="text-right max-lg:hidden">
            {name}
          </span>
        ))}
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
              className={`${ROW} ${selection.ids.has(run.runId) ? "bg-sunken" : ""}`}
              style={{ transform: `translateY(${item.start - scrollMargin}px)` }}
            >
              <Tick
                id={run.runId}
                label={`Select ${run.name}`}
                checked={selection.ids.has(run.runId)}
                onPointerDown={(event) => (range.current = event.shiftKey)}
                onKeyDown={(event) => onKey(event, item.index)}
                onChange={() => select(run.runId, range.current)}
              />
              <RunRow
                run={run}
                stuck={stuck.has(run.runId)}
                asked={open.get(run.runId) ?? null}
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
  "grid grid-cols-[1.5rem_minmax(0,1fr)_auto] gap-x-3 px-4 lg:gap-x-4 lg:grid-cols-[1.5rem_minmax(0,1.4fr)_12.5rem_minmax(12rem,1fr)_5rem_7rem_5.5rem]";

const ROW = `absolute inset-x-0 top-0 items-center border-t border-line gap-y-1.5 py-3 hover:bg-hover has-[:focus-visible]:bg-hover ${COLUMNS}`;

interface RunRowProps {
  run: RunView;
  stuck: boolean;
  asked: BulkAction | null;
  elapsed: number;
  requested: string;
}

/** A row whose run stands still is not drawn again with each tick of the clock. */
const RunRow = memo(function RunRow({ run, stuck, asked, elapsed, requested }: RunRowProps) {
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
