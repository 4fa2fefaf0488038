import { useEffect, type RefObject } from "react";
import { sharp } from "./hooks.ts";
import { paint, type Scene } from "./paint.ts";
import { usePalette } from "./palette.ts";

/**
 * Keeps the canvas drawn: once a frame, however often something has changed before it.
 *
 * @param laidOut whether the page has given the canvas its place yet
 */
export function usePicture(
  canvas: RefObject<HTMLCanvasElement | null>,
  scene: Scene,
  laidOut: boolean,
): void {
  const palette = usePalette();
  const { rows, range, origin, now, live, grouping, box, labels, axis, scale, hovered } = scene;
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (canvas.current === null || !laidOut) return;
      const context = sharp(canvas.current, labels + box.width, axis + box.height);
      const drawn = { rows, range, origin, now, live, grouping, box, labels, axis, scale, hovered };
      if (context !== null) paint(context, drawn, palette);
    });
    return () => cancelAnimationFrame(frame);
  }, [
    canvas,
    rows,
    range,
    origin,
    now,
    live,
    grouping,
    box,
    labels,
    axis,
    scale,
    hovered,
    palette,
    laidOut,
  ]);
}
