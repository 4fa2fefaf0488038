import { useMemo, useRef, useState, type ReactNode } from "react";
import type { CallView, RunView } from "../api/types.ts";
import { counted, duration } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { useThrottled } from "../shell/useThrottled.ts";
import { useVisible } from "../shell/useVisible.ts";
import { Chart } from "./Chart.tsx";
import { KINDS, LEGEND } from "./kinds.ts";
import { layoutOf, type Density, type Grouping } from "./layout.ts";
import { Overview } from "./Overview.tsx";
import { Swatch } from "./Swatch.tsx";
import { TimelineTable } from "./TimelineTable.tsx";
import { ALL, lookAt, rangeOf, zoomed, type Look, type Range } from "./view.ts";

interface TimelineProps {
  run: RunView;
  calls: ReadonlyMap<string, CallView>;
  onOpen: (callId: string) => void;
}

const GROUPINGS: { value: Grouping; label: string }[] = [
  { value: "worker", label: "Worker" },
  { value: "model", label: "Model" },
  { value: "document", label: "Document" },
];

const SHAPES: { value: Density | "table"; label: string }[] = [
  { value: "rows", label: "A row a call" },
  { value: "packed", label: "Packed" },
  { value: "table", label: "Table" },
];

/** More calls than this are packed at first: who has so many wants the whole before the parts. */
const MANY = 400;

/** When each call waited, ran, failed and ran again. */
export default function Timeline({ run: newest, calls, onOpen }: TimelineProps) {
  const box = useRef<HTMLDivElement>(null);
  const visible = useVisible(box);
  const told = useMemo(() => ({ run: newest, calls }), [newest, calls]);
  // One moment of the run: while nobody looks all of it stands still, and not its calls alone.
  const shown = useThrottled(told, calls.size > 2_000 ? 1_000 : 250, visible);
  const { run, calls: shownCalls } = shown;
  const clock = useThrottled(useNow(), 0, visible);
  const live = run.finishedAt === null;
  const now = run.finishedAt === null ? clock : Date.parse(run.finishedAt);
  const [grouping, setGrouping] = useState<Grouping>("worker");
  const [shape, setShape] = useState<Density | "table">(
    run.stats.planned > MANY ? "packed" : "rows",
  );
  const [look, setLook] = useState<Look>(ALL);
  const density = shape === "packed" ? "packed" : "rows";
  // A packed row holds many calls, so it has no name.
  const named = shape === "rows" ? grouping : null;
  const layout = useMemo(
    () => layoutOf(shownCalls.values(), grouping, density),
    [shownCalls, grouping, density],
  );
  const origin = Date.parse(run.requestedAt);
  const whole = useMemo(
    () => wholeOf(origin, layout.from ?? origin, Math.max(now, layout.to ?? now), live),
    [origin, layout, now, live],
  );
  const range = rangeOf(look, whole);
  const goTo = (next: Range) => setLook(lookAt(next, whole));
  const zoom = (factor: number) => goTo(zoomed(range, factor, (range.from + range.to) / 2, whole));
  return (
    <div ref={box}>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-4 py-1.5">
        <Choice label="Group by" options={GROUPINGS} value={grouping} onChoose={setGrouping} />
        <Choice label="Show as" options={SHAPES} value={shape} onChoose={setShape} />
        <div
          role="group"
          aria-label="Zoom"
          className={`ml-auto flex items-center gap-1 ${shape === "table" ? "invisible" : ""}`}
        >
          <span className="mr-1 hidden text-xs text-ink-2 tabular sm:inline">
            {duration(range.to - range.from, 2)} in view
          </span>
          <Zoom label="Zoom out" onClick={() => zoom(1 / 1.6)}>
            −
          </Zoom>
          <Zoom label="Zoom in" onClick={() => zoom(1.6)}>
            +
          </Zoom>
          <button
            type="button"
            className="chip"
            aria-pressed={look.kind === "all"}
            onClick={() => setLook(ALL)}
          >
            Whole run
          </button>
        </div>
      </div>
      {shape === "table" ? (
        <div className="h-[29.75rem]">
          <TimelineTable layout={layout} origin={origin} now={now} onOpen={onOpen} />
        </div>
      ) : (
        <>
          <Overview
            rows={layout.rows}
            whole={whole}
            range={range}
            grouping={named}
            onRange={goTo}
          />
          <div className="h-96 border-t border-line">
            <Chart
              rows={layout.rows}
              whole={whole}
              range={range}
              origin={origin}
              now={now}
              live={live}
              grouping={named}
              onRange={goTo}
              onOpen={onOpen}
            />
          </div>
          <Legend unplaced={shape === "packed" ? layout.unplaced : 0} />
        </>
      )}
    </div>
  );
}

/** A little room after now, so that the line at now is not the edge. */
function wholeOf(origin: number, from: number, to: number, live: boolean): Range {
  const begin = Math.min(origin, from);
  const span = Math.max(1_000, to - begin);
  return { from: begin, to: begin + span * (live ? 1.02 : 1.005) };
}

interface ChoiceProps<T extends string> {
  label: string;
  options: { value: T; label: string }[];
  value: T;
  onChoose: (value: T) => void;
}

function Choice<T extends string>({ label, options, value, onChoose }: ChoiceProps<T>) {
  return (
    <div role="group" aria-label={label} className="flex items-center gap-0.5">
      <span aria-hidden="true" className="mr-1 text-xs text-ink-2 max-sm:hidden">
        {label}
      </span>
      {options.map((each) => (
        <button
          key={each.value}
          type="button"
          className="chip"
          aria-pressed={each.value === value}
          onClick={() => onChoose(each.value)}
        >
          {each.label}
        </button>
      ))}
    </div>
  );
}

interface ZoomProps {
  label: string;
  onClick: () => void;
  children: ReactNode;
}

function Zoom({ label, onClick, children }: ZoomProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="chip min-w-7 border-line! text-sm!"
    >
      {children}
    </button>
  );
}

function Legend({ unplaced }: { unplaced: number }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-xs text-ink-2">
      <ul aria-label="Colours" className="flex flex-wrap gap-x-4 gap-y-1">
        {LEGEND.map((kind) => (
          <li key={kind} className="inline-flex items-center gap-1.5">
            <Swatch kind={kind} />
            {KINDS[kind].label}
          </li>
        ))}
      </ul>
      {unplaced > 0 && <p className="tabular">{`${counted(unplaced, "call")} not released yet`}</p>}
      <p id="timeline-keys" className="sr-only">
        Arrow keys move from call to call, Page Up and Page Down by ten rows, Enter shows the
        details. Plus and minus zoom, Shift with the left and right arrows pans, 0 shows the whole
        run.
      </p>
    </div>
  );
}
