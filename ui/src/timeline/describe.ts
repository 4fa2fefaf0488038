import { duration, words } from "../models/format.ts";
import { spansText } from "./kinds.ts";
import type { Bar } from "./layout.ts";
import { spansOf } from "./spans.ts";

/** A bar in words, for those who cannot see it. */
export function describe({ call, from, to }: Bar, now: number): string {
  const name = `${call.document ?? "Unknown document"}, ${call.model ?? "unknown model"}, iteration ${call.iteration}`;
  const whole = `${words(call.state)}, ${duration(Math.min(to, now) - from)}`;
  const pieces = spansText(spansOf(call, now));
  return pieces === "" ? `${name}: ${whole}` : `${name}: ${whole}. ${pieces}`;
}
