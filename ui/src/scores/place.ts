/** Where things go; drawing is elsewhere. */

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const GAP = 6;
const MARGIN = 8;

/** Below its anchor, or above where there is more room; never outside the window. */
export function placed(
  anchor: Box,
  size: Pick<Box, "width" | "height">,
  window: Pick<Box, "width" | "height">,
): { left: number; top: number } {
  const middle = anchor.left + anchor.width / 2 - size.width / 2;
  const left = Math.max(MARGIN, Math.min(middle, window.width - size.width - MARGIN));
  const below = anchor.top + anchor.height + GAP;
  const above = anchor.top - GAP - size.height;
  const fits = below + size.height + MARGIN <= window.height;
  return { left, top: fits || above < MARGIN ? below : above };
}

export type Spot = readonly [row: number, column: number];

/** Where an arrow key leads to in a grid; null for other keys. It stops at the edges. */
export function movedBy(
  key: string,
  [row, column]: Spot,
  rows: number,
  columns: number,
): Spot | null {
  switch (key) {
    case "ArrowUp":
      return [Math.max(0, row - 1), column];
    case "ArrowDown":
      return [Math.min(rows - 1, row + 1), column];
    case "ArrowLeft":
      return [row, Math.max(0, column - 1)];
    case "ArrowRight":
      return [row, Math.min(columns - 1, column + 1)];
    case "Home":
      return [row, 0];
    case "End":
      return [row, columns - 1];
    default:
      return null;
  }
}
