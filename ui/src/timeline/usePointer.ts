import { useRef, useState, type PointerEvent, type RefObject } from "react";
import { barOf } from "./bars.ts";
import { useFrame } from "../shell/useFrame.ts";
import type { Bar, Row } from "./layout.ts";
import { panned, type Range } from "./view.ts";
import { barAt, type Box, type Place } from "./visible.ts";

/** What the pointer moves over. */
interface Ground {
  scroller: RefObject<HTMLElement | null>;
  rows: readonly Row[];
  whole: Range;
  range: Range;
  box: Box;
  /** Width of the column of names, which is left of the bars. */
  labels: number;
  onRange: (range: Range) => void;
  onHit: (bar: Bar) => void;
}

interface Drag {
  x: number;
  y: number;
  top: number;
  range: Range;
  moved: boolean;
}

/** So far a press may stray and is still no drag. */
const STRAY = 4;

/** The bar under the pointer, dragging that moves the view, and a press that hits a bar. */
export function usePointer({ scroller, rows, whole, range, box, labels, ...told }: Ground) {
  const { onRange, onHit } = told;
  const drag = useRef<Drag | null>(null);
  const atFrame = useFrame();
  const [pointed, setPointed] = useState<{ place: Place; x: number } | null>(null);

  const under = (event: PointerEvent) => {
    const area = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - area.left - labels;
    return { x: x + labels, place: barAt(rows, x, event.clientY - area.top, range, box) };
  };
  const hover = (event: PointerEvent) => {
    const { x, place } = under(event);
    setPointed(place === null ? null : { place, x });
  };
  const pull = (event: PointerEvent, held: Drag) => {
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < STRAY) return;
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
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || event.target instanceof HTMLButtonElement) return;
      const { clientX: x, clientY: y } = event;
      drag.current = { x, y, top: box.top, range, moved: false };
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag.current !== null) pull(event, drag.current);
      else if (event.pointerType !== "touch") hover(event);
    },
    onPointerUp: (event: PointerEvent) => {
      const held = drag.current;
      drag.current = null;
      if (held === null || held.moved) return;
      const hit = barOf(rows, under(event).place);
      if (hit !== undefined) onHit(hit);
    },
    onPointerCancel: () => {
      drag.current = null;
    },
    onPointerLeave: () => setPointed(null),
  };
  return { pointed, forget: () => setPointed(null), handlers };
}
