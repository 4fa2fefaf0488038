import "./history.css";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { CallView } from "../api/types.ts";
import { clock } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Chevron } from "../shell/ui.tsx";
import { amount } from "./balance.ts";
import { summaryOf, type HistoryEvent } from "./events.ts";
import type { Unit } from "./numbers.ts";
import { RawFact } from "./RawFact.tsx";
import type { Weighed, Weight } from "./weigh.ts";

interface HistoryRowsProps {
  items: readonly Weighed[];
  unit: Unit;
  calls: ReadonlyMap<string, CallView>;
  onOpen: (callId: string) => void;
  /** The last row is near. */
  onEnd: () => void;
}

/** The events, oldest first; only those in view are drawn. */
export function HistoryRows({ items, unit, calls, onOpen, onEnd }: HistoryRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised over it
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => 60,
    overscan: 6,
    getItemKey: (index) => keyOf(items[index]?.event) ?? index,
  });
  const shown = virtual.getVirtualItems();
  const atEnd = (shown.at(-1)?.index ?? 0) >= items.length - 1;
  useEffect(() => {
    if (atEnd) onEnd();
  }, [atEnd, onEnd]);
  const toggle = (key: string) =>
    setOpen((before) => new Set(before.has(key) ? without(before, key) : [...before, key]));
  return (
    <div
      ref={box}
      role="region"
      aria-label="Events"
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain -outline-offset-2"
    >
      <ol className="relative" data-testid="history" style={{ height: virtual.getTotalSize() }}>
        {shown.map((row) => {
          const item = items[row.index];
          const key = keyOf(item?.event);
          if (item === undefined || key === null) return null;
          return (
            <li
              key={row.key}
              ref={virtual.measureElement}
              data-index={row.index}
              data-counts={"adds" in item.weight}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              className="absolute inset-x-0 top-0 border-b border-line"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <Row
                item={item}
                unit={unit}
                call={calls.get(item.event.callId ?? "")}
                open={open.has(key)}
                onToggle={() => toggle(key)}
                onOpen={onOpen}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function keyOf(event: HistoryEvent | undefined): string | null {
  return event === undefined ? null : `${event.partition}:${event.offset}`;
}

function without(keys: ReadonlySet<string>, key: string): string[] {
  return [...keys].filter((each) => each !== key);
}

interface RowProps {
  item: Weighed;
  unit: Unit;
  call: CallView | undefined;
  open: boolean;
  onToggle: () => void;
  onOpen: (callId: string) => void;
}

function Row({ item: { event, weight }, unit, call, open, onToggle, onOpen }: RowProps) {
  const now = useNow();
  const { callId } = event;
  const summary = summaryOf(event);
  return (
    <div className={"adds" in weight ? "" : "bg-canvas text-ink-2"}>
      <div className="history-row">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-h-[24px] min-w-0 items-center gap-2 text-left font-medium"
        >
          <Chevron className={open ? "rotate-90" : ""} />
          <span className="truncate">{event.type}</span>
          <span className="font-mono text-xs font-normal text-ink-2">{keyOf(event)}</span>
          <span className="sr-only">: the event as it is in the log</span>
        </button>
        <span className="text-right tabular">{weightText(weight, unit)}</span>
        {callId === null ? (
          <span className="text-xs text-ink-2">the run</span>
        ) : (
          <button
            type="button"
            onClick={() => onOpen(callId)}
            title={callId}
            className="link min-h-[24px] min-w-0 truncate text-left text-xs"
          >
            {call === undefined ? callId : placeOf(call)}
          </button>
        )}
        <time
          dateTime={event.at}
          title={event.at}
          className="text-right text-xs text-ink-2 tabular"
        >
          {clock(event.at, now)}
        </time>
        {summary !== "" && (
          <p className="col-span-2 truncate text-xs text-ink-2" title={summary}>
            {summary}
          </p>
        )}
      </div>
      {open && <RawFact event={event.event} producer={event.producer} wide />}
    </div>
  );
}

function placeOf({ document, model, iteration }: CallView): string {
  return `${document ?? "unknown document"} · ${model ?? "unknown model"} · #${iteration}`;
}

const ASIDE: Record<Extract<Weight, { aside: string }>["aside"], string> = {
  ahead: "newer",
  unknown: "unknown call",
  superseded: "superseded",
  late: "late",
  "moved-on": "moved on",
  again: "nothing new",
  other: "not of this",
};

function weightText(weight: Weight, unit: Unit): string {
  if ("aside" in weight) return ASIDE[weight.aside];
  return weight.adds < 0 ? `−${amount(-weight.adds, unit)}` : `+${amount(weight.adds, unit)}`;
}
