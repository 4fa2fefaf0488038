import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type KeyboardEvent } from "react";
import type { RunView } from "../api/types.ts";
import { ago } from "../models/format.ts";
import type { Stuck } from "../models/runlist.ts";
import { elapsedMs } from "../models/runs.ts";
import type { BulkAction } from "./bulk.ts";
import { RunRow } from "./RunRow.tsx";
import { allToggled, toggled, type Selection } from "./selection.ts";
import { Tick } from "./Tick.tsx";
import { useWide } from "./useWide.ts";

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
  const wide = useWide();
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
        <span aria-hidden="true" className="max-lg:hidden">
          Pace
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
                wide={wide}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}

const COLUMNS =
  "grid grid-cols-[1.5rem_minmax(0,1fr)_auto] gap-x-3 px-4 lg:grid-cols-[1.5rem_minmax(0,1.6fr)_11rem_minmax(9rem,1fr)_6rem_4.5rem_6.5rem_5rem] xl:gap-x-4 xl:grid-cols-[1.5rem_minmax(0,1.5fr)_12rem_minmax(11rem,1fr)_8rem_5rem_7rem_5.5rem]";

const ROW = `absolute inset-x-0 top-0 items-center border-t border-line gap-y-1.5 py-3 hover:bg-hover has-[:focus-visible]:bg-hover ${COLUMNS}`;
