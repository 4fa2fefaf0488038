import { useEffect, useMemo, useRef, type PointerEvent } from "react";
import { counted } from "../models/format.ts";
import { crowdOf } from "./crowd.ts";
import { labelsWidth, sharp, useSize } from "./hooks.ts";
import type { Grouping, Row } from "./layout.ts";
import { paintCrowd } from "./paint.ts";
import { usePalette } from "./palette.ts";
import { panned, timeAt, xOf, type Range } from "./view.ts";

interface OverviewProps {
  rows: readonly Row[];
  whole: Range;
  range: Range;
  /** As in the chart below, so that both stand under each other. */
  grouping: Grouping | null;
  onRange: (range: Range) => void;
}

const SLICES = 240;

/**
 * The whole run in one strip. Dragging the window moves it, dragging beside it draws a new one; for
 * the keyboard the chart and its buttons do the same.
 */
export function Overview({ rows, whole, range, grouping, onRange }: OverviewProps) {
  const outer = useRef<HTMLDivElement>(null);
  const strip = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const grip = useRef<{ at: number; range: Range | null } | null>(null);
  const labels = labelsWidth(useSize(outer), grouping);
  const size = useSize(strip);
  const palette = usePalette();
  const crowd = useMemo(() => crowdOf(rows, whole, SLICES), [rows, whole]);
  useEffect(() => {
    if (canvas.current === null || size.width === 0) return;
    const context = sharp(canvas.current, size.width, size.height);
    if (context !== null) paintCrowd(context, crowd, size, palette);
  }, [crowd, size, palette]);

  const left = Math.max(0, xOf(range.from, whole, 1));
  const right = Math.min(1, xOf(range.to, whole, 1));
  const narrowed = left > 0.001 || right < 0.999;
  const timeOf = (event: PointerEvent) =>
    timeAt(event.clientX - event.currentTarget.getBoundingClientRect().left, whole, size.width);
  const take = (event: PointerEvent) => {
    const at = timeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { at, range: narrowed && at >= range.from && at <= range.to ? range : null };
  };
  const move = (event: PointerEvent) => {
    if (grip.current === null) return;
    const at = timeOf(event);
    const { at: begin, range: held } = grip.current;
    if (held !== null) onRange(panned(held, at - begin, whole));
    else if (Math.abs(at - begin) > (whole.to - whole.from) / 200)
      onRange({ from: Math.min(at, begin), to: Math.max(at, begin) });
  };
  return (
    <div ref={outer} className="flex h-11 border-t border-line bg-canvas">
      {labels > 0 && (
        <p
          className="flex shrink-0 items-center px-4 text-xs text-ink-2 tabular"
          style={{ width: labels }}
        >
          {`At most ${counted(crowd.most, "call")} at a time`}
        </p>
      )}
      <div
        ref={strip}
        data-testid="timeline-overview"
        className="relative min-w-0 flex-1 cursor-crosshair touch-none overflow-hidden select-none"
        onPointerDown={take}
        onPointerMove={move}
        onPointerUp={() => (grip.current = null)}
        onPointerCancel={() => (grip.current = null)}
      >
        <canvas ref={canvas} aria-hidden="true" className="absolute inset-0 size-full" />
        {narrowed && (
          <>
            <Shade left={0} width={left} />
            <Shade left={right} width={1 - right} />
            <span
              className="absolute inset-y-0 cursor-grab border-x-2 border-accent-line"
              style={{ left: `${left * 100}%`, width: `max(${(right - left) * 100}%, 6px)` }}
            />
          </>
        )}
      </div>
    </div>
  );
}

function Shade({ left, width }: { left: number; width: number }) {
  return (
    <span
      className="absolute inset-y-0 bg-canvas/75"
      style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
    />
  );
}
