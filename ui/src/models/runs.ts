import type { Outcome, RunStatus, RunView, Stats } from "../api/types.ts";
import { sentence } from "./format.ts";

/** The colour family of a state; colour is used for nothing else. */
export type Tone = "ok" | "failed" | "timed-out" | "retry" | "in-flight" | "queued" | "muted";

export interface Label {
  text: string;
  tone: Tone;
}

export function labelOf(status: RunStatus, outcome: Outcome | null): Label {
  switch (status) {
    case "REQUESTED":
      return { text: "Requested", tone: "queued" };
    case "RUNNING":
      return { text: "Running", tone: "in-flight" };
    case "PAUSED":
      return { text: "Paused", tone: "retry" };
    case "CANCELLING":
      return { text: "Cancelling", tone: "retry" };
    case "FINISHED":
      return outcome === null
        ? { text: "Finished", tone: "muted" }
        : { text: sentence(outcome), tone: toneOf(outcome) };
  }
}

function toneOf(outcome: Outcome): Tone {
  switch (outcome) {
    case "COMPLETED":
      return "ok";
    case "COMPLETED_WITH_ERRORS":
    case "DEADLINE_EXCEEDED":
    case "BUDGET_EXHAUSTED":
      return "timed-out";
    case "FAILED":
      return "failed";
    case "CANCELLED":
      return "muted";
  }
}

export interface Segment {
  key: "ok" | "failed" | "timedOut" | "cancelled" | "skipped" | "inFlight" | "queued";
  label: string;
  tone: Tone;
  count: number;
}

/** The parts of planned, ended ones first, in the order in which a bar shows them. */
export function segmentsOf(stats: Stats): Segment[] {
  return [
    { key: "ok", label: "ok", tone: "ok", count: stats.ok },
    { key: "failed", label: "failed", tone: "failed", count: stats.failed },
    { key: "timedOut", label: "timed out", tone: "timed-out", count: stats.timedOut },
    { key: "cancelled", label: "cancelled", tone: "muted", count: stats.cancelled },
    { key: "skipped", label: "skipped", tone: "muted", count: stats.skipped },
    { key: "inFlight", label: "in flight", tone: "in-flight", count: stats.inFlight },
    { key: "queued", label: "queued", tone: "queued", count: stats.queued },
  ];
}

export function endedOf(stats: Stats): number {
  return stats.ok + stats.failed + stats.timedOut + stats.cancelled + stats.skipped;
}

/** Law I1: what was planned is somewhere, exactly once. A screen that breaks it must say so. */
export function addsUp(stats: Stats): boolean {
  return stats.planned === endedOf(stats) + stats.queued + stats.inFlight;
}

/** From the request to the end, or to now. */
export function elapsedMs(run: RunView, now: number): number {
  const end = run.finishedAt === null ? now : Date.parse(run.finishedAt);
  return Math.max(0, end - Date.parse(run.requestedAt));
}

export type Icon = "idle" | "running" | "ok" | "failed" | "attention" | "cancelled" | "paused";

export function iconOf(run: RunView): Icon {
  if (run.status === "PAUSED") return "paused";
  if (run.status !== "FINISHED") return "running";
  switch (run.outcome) {
    case "COMPLETED":
      return "ok";
    case "FAILED":
      return "failed";
    case "CANCELLED":
      return "cancelled";
    case "COMPLETED_WITH_ERRORS":
    case "DEADLINE_EXCEEDED":
    case "BUDGET_EXHAUSTED":
      return "attention";
    case null:
      return "idle";
  }
}

/** The tab's title: how far while it moves, its state when it stands still. */
export function titleOf(run: RunView): string {
  if (run.status === "PAUSED") return `Paused: ${run.name}`;
  if (run.status !== "FINISHED") return `${endedOf(run.stats)}/${run.stats.planned} ${run.name}`;
  return `${labelOf(run.status, run.outcome).text}: ${run.name}`;
}
