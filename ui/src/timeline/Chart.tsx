import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { Detail } from "./Detail.tsx";
import { describe } from "./describe.ts";
import { labelsWidth, sharp, useFrame, useSize } from "./hooks.ts";
import type { Bar, Grouping, Row } from "./layout.ts";
import { firstPlace, lastPlace, placeOf, sideways, upOrDown } from "./moves.ts";
import { paint } from "./paint.ts";
import { usePalette } from "./palette.ts";
import { barAt, scrollFor, type Box, type Place } from "./visible.ts";
import { panned, revealing, timeAt, xOf, zoomed, type Range } from "./view.ts";

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

interface Drag {
  x: number;
  y: number;
  top: number;
  range: Range;
  moved: boolean;
}

/** The rows as a picture, with one button that stands where the keyboard is. */
export function Chart(props: ChartProps) {
  const { rows, whole, range, origin, now, live, grouping, onRange, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<Drag | null>(null);
  const size = useSize(scroller);
  const atFrame = useFrame();
  const palette = usePalette();
  const [top, setTop] = useState(0);
  const [pointed, setPointed] = useState<{ place: Place; x: number } | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const axis = 24 * size.scale;
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

  // Drawn once a frame, however often something has changed before it.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (canvas.current === null || size.width === 0) return;
      const context = sharp(canvas.current, labels + box.width, axis + box.height);
      const hovered = pointed?.place.row ?? null;
      const { scale } = size;
      const scene = { rows, range, origin, now, live, grouping, box, labels, axis, scale, hovered };
      if (context !== null) paint(context, scene, palette);
    });
    return () => cancelAnimationFrame(frame);
  }, [rows, range, origin, now, live, grouping, box, labels, axis, size, palette, pointed]);

  const latest = useRef({ range, whole, onRange, labels, width: box.width });
  useEffect(() => {
    latest.current = { range, whole, onRange, labels, width: box.width };
  });
  // A wheel listener of React cannot keep the page from zooming.
  useEffect(() => {
    const element = scroller.current;
    const turn = (event: WheelEvent) => turned(event, latest.current);
    element?.addEventListener("wheel", turn, { passive: false });
    return () => element?.removeEventListener("wheel", turn);
  }, []);

  const place = useMemo(() => placeOf(rows, current) ?? firstPlace(rows), [rows, current]);
  const bar = barOf(rows, place);
  const goTo = (next: Place | null) => {
    const to = barOf(rows, next);
    if (next === null || to === undefined) return;
    setCurrent(to.call.callId);
    setPointed(null);
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

  const point = (event: PointerEvent) => {
    const area = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - area.left - labels;
    const found = barAt(rows, x, event.clientY - area.top, range, box);
    setPointed(found === null ? null : { place: found, x: x + labels });
  };
  const move = (event: PointerEvent) => {
    const held = drag.current;
    if (held === null) {
      if (event.pointerType !== "touch") point(event);
      return;
    }
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 4) return;
    if (!held.moved) event.currentTarget.setPointerCapture(event.pointerId);
    held.moved = true;
    setPointed(null);
    const touch = event.pointerType === "touch";
    atFrame(() => {
      const by = (-dx / box.width) * (held.range.to - held.range.from);
      onRange(panned(held.range, by, whole));
      if (!touch && scroller.current !== null) scroller.current.scrollTop = held.top - dy;
    });
  };
  const release = (event: PointerEvent) => {
    const held = drag.current;
    drag.current = null;
    if (held === null || held.moved) return;
    const area = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - area.left - labels;
    const hit = barOf(rows, barAt(rows, x, event.clientY - area.top, range, box));
    if (hit === undefined) return;
    setCurrent(hit.call.callId);
    onOpen(hit.call.callId);
  };

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
        onPointerDown={(event) => {
          if (event.button !== 0 || event.target instanceof HTMLButtonElement) return;
          const { clientX: x, clientY: y } = event;
          drag.current = { x, y, top, range, moved: false };
        }}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={() => (drag.current = null)}
        onPointerLeave={() => setPointed(null)}
      >
        <div className="relative" style={{ height: rows.length * box.row }}>
          {bar !== undefined && place !== null && (
            <button
              type="button"
              data-testid="timeline-bar"
              aria-label={`${describe(bar, now)}: show details`}
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
        {focused && bar !== undefined ? describe(bar, now) : ""}
      </p>
    </div>
  );
}

function barOf(rows: readonly Row[], place: Place | null): Bar | undefined {
  return place === null ? undefined : rows[place.row]?.bars[place.bar];
}

function middleOf(bar: Bar, range: Range, now: number): number {
  const [from, to] = [Math.max(bar.from, range.from), Math.min(bar.to, now, range.to)];
  return Math.min(range.to, Math.max(range.from, (from + to) / 2));
}

function leftOf(bar: Bar, range: Range, width: number): number {
  return Math.min(width - 8, Math.max(0, xOf(bar.from, range, width)));
}

function widthOf(bar: Bar, range: Range, width: number, now: number): number {
  const right = Math.min(width, xOf(Math.min(bar.to, now), range, width));
  return Math.max(8, right - leftOf(bar, range, width));
}

interface Turning {
  range: Range;
  whole: Range;
  labels: number;
  width: number;
  onRange: (range: Range) => void;
}

/** With ctrl it zooms at the pointer, sideways it pans, and else the rows scroll as they do. */
function turned(event: WheelEvent, { range, whole, labels, width, onRange }: Turning): void {
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    const area = (event.currentTarget as Element).getBoundingClientRect();
    const at = timeAt(Math.max(0, event.clientX - area.left - labels), range, width);
    onRange(zoomed(range, Math.exp(-event.deltaY / 300), at, whole));
    return;
  }
  const sidewards = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
  if (sidewards === 0 || Math.abs(sidewards) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
  event.preventDefault();
  onRange(panned(range, (sidewards / width) * (range.to - range.from), whole));
}

interface Keys {
  rows: readonly Row[];
  place: Place | null;
  goTo: (place: Place | null) => void;
  zoom: (factor: number) => void;
  /** By a share of what is in view. */
  pan: (share: number) => void;
  all: () => void;
}

/** Whether the key meant something here. */
function keyed(event: KeyboardEvent, { rows, place, goTo, zoom, pan, all }: Keys): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || place === null) return false;
  switch (event.key) {
    case "ArrowUp":
      goTo(upOrDown(rows, place, -1));
      return true;
    case "ArrowDown":
      goTo(upOrDown(rows, place, 1));
      return true;
    case "PageUp":
      goTo(upOrDown(rows, place, -10));
      return true;
    case "PageDown":
      goTo(upOrDown(rows, place, 10));
      return true;
    case "Home":
      goTo(firstPlace(rows));
      return true;
    case "End":
      goTo(lastPlace(rows));
      return true;
    case "ArrowLeft":
    case "ArrowRight": {
      const step = event.key === "ArrowLeft" ? -1 : 1;
      const next = event.shiftKey ? null : sideways(rows, place, step);
      if (next === null) pan(step * 0.2);
      else goTo(next);
      return true;
    }
    case "+":
    case "=":
      zoom(1.6);
      return true;
    case "-":
      zoom(1 / 1.6);
      return true;
    case "0":
      all();
      return true;
    default:
      return false;
  }
}
