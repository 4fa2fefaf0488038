import type { LaneLimits, LaneView, RunView } from "../api/types.ts";
import { count, duration } from "./format.ts";
import type { Tone } from "./runs.ts";

/** The lane of a model: its own one if there is one, else that of its provider. */
export function laneOf(model: string, lanes: readonly LaneView[]): LaneView | undefined {
  const provider = model.slice(0, Math.max(0, model.indexOf(":")));
  return lanes.find(({ lane }) => lane === model) ?? lanes.find(({ lane }) => lane === provider);
}

/** Milliseconds until the provider's block of the lane ends; 0 when it is not blocked. */
export function blockedFor(lane: LaneView, now: number): number {
  return lane.blockedUntil === null ? 0 : Math.max(0, Date.parse(lane.blockedUntil) - now);
}

export type Hold = "closed" | "blocked" | "full" | "requests" | "tokens" | "none";

/** What keeps the next call of a lane from leaving it, the strongest reason first. */
export function holdOf(lane: LaneView, now: number): Hold {
  const { requestsPerMinute, tokensPerMinute, concurrency } = lane.limits;
  if (concurrency === 0) return "closed";
  if (blockedFor(lane, now) > 0) return "blocked";
  if (lane.inFlight >= lane.concurrencyNow) return "full";
  if (requestsPerMinute !== null && lane.requestsInWindow >= requestsPerMinute) return "requests";
  if (tokensPerMinute !== null && lane.tokensInWindow >= tokensPerMinute) return "tokens";
  return "none";
}

/** The same in words, for a call that waits in the lane. */
export function holdText(lane: LaneView, now: number): string {
  switch (holdOf(lane, now)) {
    case "closed":
      return `lane ${lane.lane} is closed`;
    case "blocked":
      return `lane ${lane.lane} blocked, ${secondsLeft(blockedFor(lane, now))} left`;
    case "full":
      return `lane ${lane.lane} full, ${count(lane.inFlight)} of ${count(lane.concurrencyNow)} in flight`;
    case "requests":
      return `lane ${lane.lane} at its requests a minute`;
    case "tokens":
      return `lane ${lane.lane} at its tokens a minute`;
    case "none":
      return `queue of lane ${lane.lane}`;
  }
}

export function holdTone(hold: Hold): Tone {
  switch (hold) {
    case "closed":
      return "failed";
    case "blocked":
      return "retry";
    case "requests":
    case "tokens":
      return "timed-out";
    case "full":
      return "in-flight";
    case "none":
      return "queued";
  }
}

/** A wait rounded up: what has half a second left has not ended. */
export function secondsLeft(ms: number): string {
  return duration(Math.ceil(ms / 1_000) * 1_000);
}

export interface QueuedIn {
  lane: string;
  calls: number;
  text: string;
  tone: Tone;
}

/** Where a run's queued calls wait, and for what; the longest queue first. */
export function queuesOf(run: RunView, lanes: readonly LaneView[], now: number): QueuedIn[] {
  if (run.status === "PAUSED" && run.stats.queued > 0)
    return [{ lane: "", calls: run.stats.queued, text: "held, the run is paused", tone: "retry" }];
  const queues = new Map<string, QueuedIn>();
  for (const [model, { queued }] of Object.entries(run.byModel)) {
    if (queued === 0) continue;
    const queue = queueOf(model, laneOf(model, lanes), now);
    const before = queues.get(queue.lane)?.calls ?? 0;
    queues.set(queue.lane, { ...queue, calls: before + queued });
  }
  return [...queues.values()].sort((a, b) => b.calls - a.calls || a.lane.localeCompare(b.lane));
}

function queueOf(model: string, lane: LaneView | undefined, now: number): Omit<QueuedIn, "calls"> {
  if (lane === undefined) return { lane: model, text: `queued for ${model}`, tone: "queued" };
  return { lane: lane.lane, text: holdText(lane, now), tone: holdTone(holdOf(lane, now)) };
}

export interface LaneForm {
  concurrency: string;
  requestsPerMinute: string;
  tokensPerMinute: string;
  adaptive: boolean;
}

export function laneForm(limits: LaneLimits): LaneForm {
  return {
    concurrency: String(Math.max(1, limits.concurrency)),
    requestsPerMinute: limits.requestsPerMinute?.toString() ?? "",
    tokensPerMinute: limits.tokensPerMinute?.toString() ?? "",
    adaptive: limits.adaptive,
  };
}

export type LaneField = "concurrency" | "requestsPerMinute" | "tokensPerMinute";

/** What is wrong with the typed limits, by field; empty when they can be sent. */
export function laneErrors(form: LaneForm): Partial<Record<LaneField, string>> {
  const errors: Partial<Record<LaneField, string>> = {};
  if (!isCount(form.concurrency)) errors.concurrency = "A whole number of 1 or more.";
  for (const field of ["requestsPerMinute", "tokensPerMinute"] as const)
    if (form[field].trim() !== "" && !isCount(form[field]))
      errors[field] = "A whole number of 1 or more, or empty for no limit.";
  return errors;
}

function isCount(text: string): boolean {
  return text.trim() !== "" && Number.isInteger(Number(text)) && Number(text) >= 1;
}

export function laneLimits(form: LaneForm): LaneLimits {
  const orNull = (text: string) => (text.trim() === "" ? null : Number(text));
  return {
    concurrency: Number(form.concurrency),
    requestsPerMinute: orNull(form.requestsPerMinute),
    tokensPerMinute: orNull(form.tokensPerMinute),
    adaptive: form.adaptive,
  };
}

export function sameLimits(a: LaneLimits, b: LaneLimits): boolean {
  return (
    a.concurrency === b.concurrency &&
    a.requestsPerMinute === b.requestsPerMinute &&
    a.tokensPerMinute === b.tokensPerMinute &&
    a.adaptive === b.adaptive
  );
}
