import { useEffect, useState, type RefObject } from "react";
import type { Grouping } from "./layout.ts";

/** How large the element is, and how large type is beside its normal size. */
export interface Size {
  width: number;
  height: number;
  scale: number;
}

export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0, scale: 1 });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const type = parseFloat(getComputedStyle(document.documentElement).fontSize);
      setSize({ width: element.clientWidth, height: element.clientHeight, scale: type / 14 });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** How wide the column of names is; none where rows have no names or there is no room. */
export function labelsWidth({ width, scale }: Size, grouping: Grouping | null): number {
  const room = width / scale;
  if (grouping === null || room < 640) return 0;
  return (room < 1_000 ? 190 : 270) * scale;
}

/** Sizes the canvas to its element in the pixels of the screen, and hands out its context. */
export function sharp(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== tall) canvas.height = tall;
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
