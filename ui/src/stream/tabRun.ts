import type { Frame } from "../api/types.ts";
import type { Signal } from "./connection.ts";
import { liveAfterFault, liveAfterFrames, liveAfterSignal, type LiveRun } from "./live.ts";
import { frameId } from "./version.ts";

/** What the stream tells while it is followed. */
export interface StreamHooks {
  onFrames: (frames: Frame[]) => void;
  onFault: () => void;
  onSignal: (signal: Signal) => void;
}

/** A run in this tab: what it holds, and how to open a stream of its own. */
export interface TabRun {
  runId: string;
  /** Of this tab. */
  id: string;
  now: () => number;
  read: () => LiveRun;
  update: (change: (live: LiveRun) => LiveRun) => void;
  follow: (from: From, hooks: StreamHooks, signal: AbortSignal) => Promise<void>;
}

export interface From {
  lastEventId: string | null;
  waitMs: number;
}

/** Follows the run by a stream of this tab alone. */
export function followAlone(run: TabRun, signal: AbortSignal): Promise<void> {
  return run.follow({ lastEventId: heldId(run), waitMs: 0 }, hooksOf(run), signal);
}

export function hooksOf(run: TabRun): StreamHooks {
  return {
    onFrames: (frames) => run.update((live) => liveAfterFrames(live, frames)),
    onFault: () => run.update(liveAfterFault),
    onSignal: (signal) => run.update((live) => liveAfterSignal(live, signal)),
  };
}

/** Where a stream goes on from what this tab holds; null asks for a snapshot. */
export function heldId(run: TabRun): string | null {
  const { asOf } = run.read().feed;
  return asOf === null ? null : frameId(asOf);
}
