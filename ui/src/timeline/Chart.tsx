import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { barOf, leftOf, middleOf, widthOf } from "./bars.ts";
import { Detail } from "./Detail.tsx";
import { describe } from "./describe.ts";
import { labelsWidth, useSize } from "./hooks.ts";
import { keyed } from "./keys.ts";
import type { Bar, Grouping, Row } from "./layout.ts";
import { firstPlace, placeOf, type Kept } from "./moves.ts";
import { usePicture } from "./usePicture.ts";
import { usePointer } from "./usePointer.ts";
import { useWheel } from "./useWheel.ts";
import { scrollFor, type Box, type Place } from "./visible.ts";
import { panned, revealing, zoomed, type Range } from "./view.ts";

interface ChartProps {
  rows: readonly Row[];
  whole: Range;
  range: Range;
  /** Start of the run. */
  origin: number;
  now: number;
  live: boolean;
  /** What the names of the rows need not repeat; null when rows have no names. */
  grouping: Grouping | null;
  onRange: (range: Range) => void;
  onOpen: (callId: string) => void;
}

/** The rows as a picture, with one button that stands where the keyboard is. */
export function Chart(props: ChartProps) {
  const { rows, whole, range, origin, now, live, grouping, onRange, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(scroller);
  const [top, setTop] = useState(0);
  const [current, setCurrent] = useState<Kept | null>(null);
  const [focused, setFocused] = useState(false);
  const { scale } = size;
  const axis = 24 * scale;
  const labels = labelsWidth(size, grouping);
  const box: Box = useMemo(
    () => ({
      width: Math.max(1, size.width - labels),
      height: size.height,
      row: 22 * size.scale,
      top,
    }),
    [size, labels, top],
  );
  const { pointed, forget, handlers } = usePointer({
    scroller,
    rows,
    whole,
    range,
    box,
    labels,
    onRange,
    onHit: (bar) => {
      setCurrent(keptBy(bar));
      onOpen(bar.call.callId);
    },
  });
  const hovered = pointed?.place.row ?? null;
  const scene = { rows, range, origin, now, live, grouping, box, labels, axis, scale, hovered };
  usePicture(canvas, scene, size.width > 0);
  useWheel(scroller, { range, whole, labels, width: box.width, onRange });

  const place = useMemo(() => placeOf(rows, current) ?? firstPlace(rows), [rows, current]);
  const bar = barOf(rows, place);
  const goTo = (next: Place | null) => {
    const to = barOf(rows, next);
    if (next === null || to === undefined) return;
    setCurrent(keptBy(to));
    forget();
    onRange(revealing(range, { from: to.from, to: Math.min(to.to, now) }, whole));
    if (scroller.current !== null) scroller.current.scrollTop = scrollFor(next.row, box);
  };
  const press = (event: KeyboardEvent) => {
    const span = range.to - range.from;
    const at = bar === undefined ? range.from + span / 2 : middleOf(bar, range, now);
    const done = keyed(event, {
      rows,
      place,
      goTo,
      zoom: (factor) => onRange(zoomed(range, factor, at, whole)),
      pan: (share) => onRange(panned(range, share * span, whole)),
      all: () => onRange(whole),
    });
    if (done) event.preventDefault();
  };

  const text = bar === undefined ? "" : describe(bar, now);
  const spoken = useHeldText(focused ? text : "", focused ? stateOf(bar) : "");
  const shown = barOf(rows, pointed?.place ?? null) ?? (focused ? bar : undefined);
  const shownRow = pointed?.place.row ?? place?.row ?? 0;
  const shownX = pointed?.x ?? (bar === undefined ? 0 : labels + leftOf(bar, range, box.width));
  return (
    <div className="relative h-full overflow-hidden" data-testid="timeline">
      <canvas
        ref={canvas}
        aria-hidden="true"
        className="absolute inset-0 size-full"
        style={{ width: labels + box.width, height: axis + box.height }}
      />
      <div
        ref={scroller}
        data-testid="timeline-rows"
        className={`absolute inset-x-0 bottom-0 cursor-grab touch-pan-y overflow-x-hidden overflow-y-auto active:cursor-grabbing ${pointed === null ? "" : "cursor-pointer"}`}
        style={{ top: axis }}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        {...handlers}
      >
        <div className="relative" style={{ height: rows.length * box.row }}>
          {bar !== undefined && place !== null && (
            <button
              type="button"
              data-testid="timeline-bar"
              aria-label={`${spoken === "" ? text : spoken}: show details`}
              aria-describedby="timeline-keys"
              className="absolute rounded-sm"
              style={{
                top: place.row * box.row + 2,
                height: box.row - 4,
                left: labels + leftOf(bar, range, box.width),
                width: widthOf(bar, range, box.width, now),
              }}
              onFocus={() => setFocused(true)}
              onBlur={() => setFocused(false)}
              onKeyDown={press}
              onClick={() => onOpen(bar.call.callId)}
            />
          )}
        </div>
      </div>
      {shown !== undefined && (
        <Detail
          bar={shown}
          now={now}
          x={shownX}
          y={axis + shownRow * box.row - top}
          row={box.row}
          width={size.width}
          height={axis + size.height}
        />
      )}
      <p role="status" className="sr-only">
        {spoken}
      </p>
    </div>
  );
}

function keptBy({ call: { callId }, epoch }: Bar): Kept {
  return epoch === undefined ? { callId } : { callId, epoch };
}

/** What about a bar is worth saying again. */
function stateOf(bar: Bar | undefined): string {
  if (bar === undefined) return "";
  const { callId, state, epoch, attempt } = bar.call;
  return `${callId} ${bar.epoch ?? ""} ${state} ${epoch} ${attempt}`;
}

/** The text as it was when its subject became what it is: what only grows older is not said again. */
function useHeldText(text: string, subject: string): string {
  const [held, setHeld] = useState({ text, subject });
  if (held.subject === subject) return held.text;
  setHeld({ text, subject });
  return text;
}
