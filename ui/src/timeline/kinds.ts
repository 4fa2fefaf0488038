import { duration, words } from "../models/format.ts";
import type { Span } from "./spans.ts";

/** How a piece of a call looks and what it is called; the drawing and the legend share it. */
interface Look {
  label: string;
  /** The token of the theme that colours it. */
  token: string;
  /** A gap is drawn thin, an attempt in full height. */
  gap: boolean;
  /** Ended badly: the bar gets a cap, so that it can be told without its colour. */
  bad: boolean;
}

const attempt = (label: string, token: string, bad = false): Look => ({
  label,
  token,
  gap: false,
  bad,
});
const gap = (label: string, token: string): Look => ({ label, token, gap: true, bad: false });

export const KINDS: Record<Span["kind"], Look> = {
  ok: attempt("Ok", "--ok-solid"),
  running: attempt("Running", "--in-flight-solid"),
  retried: attempt("Failed, retried", "--retry-solid"),
  failed: attempt("Failed", "--failed-solid", true),
  "timed-out": attempt("Timed out", "--timed-out-solid", true),
  cancelled: attempt("Cancelled", "--muted-solid"),
  lost: attempt("Lost with its worker", "--lost-solid", true),
  "handed-back": attempt("Handed back by its worker", "--lost-solid"),
  queue: gap("In the queue", "--queued-solid"),
  worker: gap("Waits for a worker", "--muted-solid"),
  backoff: gap("Backoff", "--retry-solid"),
  "rate-limit": gap("Rate limit", "--accent-line"),
};

export const LEGEND = Object.keys(KINDS) as Span["kind"][];

/** "Attempt 2, failed, retried: rate limited". */
export function spanText({ kind, attempt: number, cause }: Span): string {
  const { label, gap: waits } = KINDS[kind];
  if (waits) return label;
  const became = label.toLowerCase();
  const why = cause === null || kind === "ok" || kind === "running" ? became : words(cause);
  const because = why === became ? "" : `: ${why}`;
  return `Attempt ${number ?? 1}, ${became}${because}`;
}

/** What is worth telling: a wait of less than half a second is not. */
export function toldSpans(spans: readonly Span[]): Span[] {
  return spans.filter((span) => !KINDS[span.kind].gap || span.to - span.from >= 500);
}

export function spansText(spans: readonly Span[]): string {
  return toldSpans(spans)
    .map((span) => `${spanText(span)} ${duration(span.to - span.from)}`)
    .join("; ");
}

/** How long the call waited and how long it was worked on, milliseconds. */
export function sumsOf(spans: readonly Span[]): { waited: number; ran: number } {
  let [waited, ran] = [0, 0];
  for (const { kind, from, to } of spans) {
    if (KINDS[kind].gap) waited += to - from;
    else ran += to - from;
  }
  return { waited, ran };
}
