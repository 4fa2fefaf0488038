import { duration, words } from "../models/format.ts";
import { spansText } from "./kinds.ts";
import type { Bar } from "./layout.ts";
import { piecesOf } from "./spans.ts";

/** A bar in words, for those who cannot see it. */
export function describe(bar: Bar, now: number): string {
  const { call, from, to } = bar;
  const name = `${call.document ?? "Unknown document"}, ${call.model ?? "unknown model"}, iteration ${call.iteration}`;
  const state = isOver(bar) ? `epoch ${bar.epoch} of ${call.epoch}` : words(call.state);
  const whole = `${state}, ${duration(Math.min(to, now) - from)}`;
  const pieces = spansText(piecesOf(bar, now));
  return pieces === "" ? `${name}: ${whole}` : `${name}: ${whole}. ${pieces}`;
}

/** Whether the bar shows an epoch after which the call went on. */
export function isOver({ call, epoch }: Bar): boolean {
  return epoch !== undefined && epoch < call.epoch;
}
