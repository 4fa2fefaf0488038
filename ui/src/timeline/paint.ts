import { count, duration } from "../models/format.ts";
import { KINDS } from "./kinds.ts";
import type { Bar, Grouping, Row } from "./layout.ts";
import type { Palette } from "./palette.ts";
import { piecesOf, type Span } from "./spans.ts";
import { visibleBars, visibleRows, type Box } from "./visible.ts";
import { ticksOf, xOf, type Range } from "./view.ts";

/** What one picture of the timeline is made of. Lengths are CSS pixels. */
export interface Scene {
  rows: readonly Row[];
  range: Range;
  /** Start of the run: the axis tells the time since then. */
  origin: number;
  now: number;
  /** Whether time goes on: then there is a line at now. */
  live: boolean;
  grouping: Grouping | null;
  /** Without the labels and the axis. */
  box: Box;
  /** Width of the column of names; 0 where there is no room for it. */
  labels: number;
  /** Height of the axis. */
  axis: number;
  /** 1 at the normal size of type. */
  scale: number;
  /** The row under the pointer. */
  hovered: number | null;
}

type Canvas = CanvasRenderingContext2D;

const FONT = '"Inter Variable", ui-sans-serif, system-ui, sans-serif';

/** Draws what is in view and nothing else. */
export function paint(canvas: Canvas, scene: Scene, palette: Palette): void {
  const { labels, box, axis } = scene;
  canvas.clearRect(0, 0, labels + box.width, axis + box.height);
  canvas.textBaseline = "middle";
  const ticks = ticksOf(scene.range, scene.origin, box.width / (92 * scene.scale));
  inside(canvas, [labels, axis, box.width, box.height], () => grid(canvas, scene, ticks, palette));
  inside(canvas, [0, axis, labels + box.width, box.height], () => body(canvas, scene, palette));
  marks(canvas, scene, ticks, palette);
  if (scene.live) nowLine(canvas, scene, palette);
}

function inside(canvas: Canvas, place: [number, number, number, number], draw: () => void): void {
  canvas.save();
  canvas.beginPath();
  canvas.rect(...place);
  canvas.clip();
  draw();
  canvas.restore();
}

function grid(canvas: Canvas, scene: Scene, ticks: readonly number[], palette: Palette): void {
  const { labels, box, axis } = scene;
  canvas.fillStyle = palette.line;
  for (const tick of ticks)
    canvas.fillRect(crisp(labels + xOf(tick, scene.range, box.width)), axis, 1, box.height);
}

function marks(canvas: Canvas, scene: Scene, ticks: readonly number[], palette: Palette): void {
  const { labels, box, axis, scale } = scene;
  canvas.fillStyle = palette.line;
  canvas.fillRect(0, axis - 1, labels + box.width, 1);
  canvas.fillStyle = palette.ink2;
  canvas.font = `${11 * scale}px ${FONT}`;
  for (const tick of ticks) {
    const text = duration(tick - scene.origin);
    const x = labels + xOf(tick, scene.range, box.width) + 4 * scale;
    if (x + canvas.measureText(text).width < labels + box.width) canvas.fillText(text, x, axis / 2);
  }
}

function nowLine(canvas: Canvas, { labels, box, axis, ...scene }: Scene, palette: Palette): void {
  const x = xOf(scene.now, scene.range, box.width);
  if (x < 0 || x > box.width) return;
  canvas.fillStyle = palette.accent;
  canvas.fillRect(crisp(labels + x), axis - 5 * scene.scale, 1.5, box.height + 5 * scene.scale);
  canvas.beginPath();
  canvas.arc(crisp(labels + x) + 0.75, axis - 5 * scene.scale, 3 * scene.scale, 0, Math.PI * 2);
  canvas.fill();
}

function body(canvas: Canvas, scene: Scene, palette: Palette): void {
  const { rows, box, axis } = scene;
  const [first, last] = visibleRows(rows.length, box);
  for (let index = first; index < last; index++) {
    const row = rows[index];
    if (row === undefined) continue;
    const y = axis + index * box.row - box.top;
    if (row.bars.length === 0) heading(canvas, scene, row, y, palette);
    else bars(canvas, scene, row, y, index === scene.hovered, palette);
  }
  pinned(canvas, scene, first, palette);
}

/** The heading of the group at the top stays there while its rows pass below. */
function pinned(canvas: Canvas, scene: Scene, first: number, palette: Palette): void {
  const row = scene.rows[first];
  if (row === undefined || scene.box.top <= 0) return;
  let head = first;
  while (head > 0 && (scene.rows[head]?.bars.length ?? 0) > 0) head--;
  const group = scene.rows[head];
  if (group === undefined) return;
  const pushedBy = scene.rows[first + 1]?.bars.length === 0 ? scene.box.top % scene.box.row : 0;
  heading(canvas, scene, group, scene.axis - pushedBy, palette);
}

function heading(canvas: Canvas, scene: Scene, row: Row, y: number, palette: Palette): void {
  const { labels, box, scale } = scene;
  canvas.fillStyle = palette.heading;
  canvas.fillRect(0, y, labels + box.width, box.row);
  canvas.fillStyle = palette.line;
  canvas.fillRect(0, y + box.row - 1, labels + box.width, 1);
  canvas.font = `600 ${11.5 * scale}px ${FONT}`;
  canvas.fillStyle = palette.ink;
  const pad = 16 * scale;
  const name = fitted(canvas, row.group, (labels > 0 ? labels * 1.6 : box.width) - 4 * pad);
  canvas.fillText(name, pad, y + box.row / 2);
  const x = pad + canvas.measureText(name).width + 8 * scale;
  canvas.font = `${11 * scale}px ${FONT}`;
  canvas.fillStyle = palette.ink2;
  canvas.fillText(count(row.calls), x, y + box.row / 2);
}

function bars(
  canvas: Canvas,
  scene: Scene,
  row: Row,
  y: number,
  hovered: boolean,
  palette: Palette,
): void {
  const { labels, box, range } = scene;
  if (hovered) {
    canvas.fillStyle = palette.hover;
    canvas.fillRect(0, y, labels + box.width, box.row);
  }
  const shown = visibleBars(row, range, box.width);
  inside(canvas, [labels, y, box.width, box.row], () => {
    for (const each of shown) bar(canvas, scene, each, y, palette);
  });
  if (labels > 0 && row.bars.length === 1 && row.bars[0] !== undefined)
    label(canvas, scene, row.bars[0], y, palette);
}

/** What tells the call from the others of its group: on the left what, on the right which. */
function label(canvas: Canvas, scene: Scene, { call }: Bar, y: number, palette: Palette): void {
  const { labels, box, scale, grouping } = scene;
  const middle = y + box.row / 2;
  const model = call.model?.replace(/^[^:]*:/, "") ?? "";
  const which = grouping === "worker" && labels > 200 * scale ? `${model} ` : "";
  canvas.font = `${11 * scale}px ${FONT}`;
  canvas.fillStyle = palette.ink2;
  const right = `${fitted(canvas, which, labels * 0.36)}#${call.iteration}`;
  const rightWidth = canvas.measureText(right).width;
  canvas.fillText(right, labels - 12 * scale - rightWidth, middle);
  canvas.fillStyle = palette.ink;
  const left = grouping === "document" ? (call.model ?? "Unknown model") : (call.document ?? "–");
  canvas.fillText(fitted(canvas, left, labels - 44 * scale - rightWidth), 24 * scale, middle);
}

function bar(canvas: Canvas, scene: Scene, shown: Bar, y: number, palette: Palette): void {
  const { labels, box, range } = scene;
  const { from } = shown;
  const middle = y + box.row / 2;
  const spans = piecesOf(shown, scene.now);
  const last = spans.at(-1);
  if (last === undefined) return;
  const place = (at: number) => labels + xOf(at, range, box.width);
  // Too small for its pieces: how it ended stands for the whole.
  if (place(last.to) - place(from) < 3) {
    piece(canvas, last.kind, place(from), place(last.to), middle, scene.scale, palette);
    return;
  }
  for (const { kind, ...span } of spans) {
    // Packed, a bar begins at its release, and what came before belongs to others.
    if (span.to <= from || span.to < range.from || span.from > range.to) continue;
    const left = place(Math.max(span.from, from));
    piece(canvas, kind, left, place(span.to), middle, scene.scale, palette);
  }
}

function piece(
  canvas: Canvas,
  kind: Span["kind"],
  left: number,
  right: number,
  middle: number,
  scale: number,
  palette: Palette,
): void {
  const { gap, bad } = KINDS[kind];
  const height = (gap ? 3 : 12) * scale;
  const width = Math.max(gap ? 0.5 : 1.5, right - left - (right - left > 6 ? 1 : 0));
  canvas.fillStyle = palette.kinds[kind];
  if (gap || width < 6) canvas.fillRect(left, middle - height / 2, width, height);
  else rounded(canvas, left, middle - height / 2, width, height, 2.5 * scale);
  if (!bad || width < 4) return;
  canvas.fillStyle = palette.ink;
  canvas.fillRect(left + width - 2 * scale, middle - height / 2 - 1, 2 * scale, height + 2);
}

function rounded(canvas: Canvas, x: number, y: number, w: number, h: number, r: number): void {
  canvas.beginPath();
  canvas.roundRect(x, y, w, h, r);
  canvas.fill();
}

/** A one pixel line is sharp on whole pixels only. */
function crisp(x: number): number {
  return Math.round(x);
}

const fits = new Map<string, string>();

/** The text, or its start and its end with dots between: names differ at their ends. */
function fitted(canvas: Canvas, text: string, width: number): string {
  const key = `${Math.round(width)} ${text}`;
  const known = fits.get(key);
  if (known !== undefined) return known;
  // Bounded: a run of 100,000 names must not stay in memory twice.
  if (fits.size > 5_000) fits.clear();
  const fit = shortened(canvas, text, width);
  fits.set(key, fit);
  return fit;
}

function shortened(canvas: Canvas, text: string, width: number): string {
  if (canvas.measureText(text).width <= width) return text;
  let [least, most] = [0, text.length - 1];
  const cut = (keep: number) =>
    `${text.slice(0, Math.ceil(keep / 2))}…${text.slice(text.length - Math.floor(keep / 2))}`;
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (canvas.measureText(cut(middle)).width <= width) least = middle;
    else most = middle - 1;
  }
  return cut(least);
}

/** The strip of the whole run: calls under way as an area, bad ends as ticks at its foot. */
export function paintCrowd(
  canvas: Canvas,
  { active, failed, most }: { active: readonly number[]; failed: readonly number[]; most: number },
  { width, height }: { width: number; height: number },
  palette: Palette,
): void {
  canvas.clearRect(0, 0, width, height);
  const slice = width / Math.max(1, active.length);
  const foot = height - 4;
  canvas.fillStyle = palette.active;
  canvas.globalAlpha = 0.45;
  // One shape: slices side by side would show seams.
  canvas.beginPath();
  canvas.moveTo(0, foot);
  active.forEach((value, index) => {
    const y = foot - (value / most) * (height - 8);
    canvas.lineTo(index * slice, y);
    canvas.lineTo((index + 1) * slice, y);
  });
  canvas.lineTo(width, foot);
  canvas.fill();
  canvas.globalAlpha = 1;
  canvas.fillStyle = palette.failed;
  failed.forEach((value, index) => {
    if (value > 0) canvas.fillRect(index * slice, height - 3, Math.max(2, slice), 3);
  });
}
