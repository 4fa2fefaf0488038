import type { CallView, DeltaFrame, Frame, RunView, SnapshotFrame, Version } from "../api/types.ts";
import { compareVersions } from "./version.ts";

/**
 * What the frames of one run add up to. Values are absolute and versions only rise: a frame or a
 * call of a lower version than held changes nothing, so order, repetition and replay do no harm.
 */
export interface RunFeed {
  readonly runId: string;
  readonly run: RunView | null;
  readonly calls: ReadonlyMap<string, CallView>;
  readonly asOf: Version | null;
  /** When the gateway made the newest frame, by its own clock. */
  readonly at: string | null;
  /** Frames that could not belong here: of another run, unreadable, or a delta without a base. */
  readonly faults: number;
}

export function emptyFeed(runId: string): RunFeed {
  return { runId, run: null, calls: new Map(), asOf: null, at: null, faults: 0 };
}

export function applyFrames(feed: RunFeed, frames: readonly Frame[]): RunFeed {
  return frames.reduce(applyFrame, feed);
}

export function applyFrame(feed: RunFeed, frame: Frame): RunFeed {
  switch (frame.event) {
    case "snapshot":
      return guarded(feed, frame, applySnapshot);
    case "delta":
      return guarded(feed, frame, applyDelta);
    case "reset":
      return { ...emptyFeed(feed.runId), faults: feed.faults };
    case "bye":
    case "gone":
      return feed;
  }
}

export function fault(feed: RunFeed): RunFeed {
  return { ...feed, faults: feed.faults + 1 };
}

function guarded<F extends SnapshotFrame | DeltaFrame>(
  feed: RunFeed,
  frame: F,
  apply: (feed: RunFeed, frame: F) => RunFeed,
): RunFeed {
  if (isForeign(feed, frame)) return fault(feed);
  if (feed.asOf !== null && compareVersions(frame.asOf, feed.asOf) < 0) return feed;
  return apply(feed, frame);
}

function isForeign(feed: RunFeed, frame: SnapshotFrame | DeltaFrame): boolean {
  const foreignRun = frame.run !== null && frame.run.runId !== feed.runId;
  return foreignRun || frame.calls.some((call) => call.runId !== feed.runId);
}

function applySnapshot(feed: RunFeed, frame: SnapshotFrame): RunFeed {
  const rebuilt = feed.asOf !== null && frame.asOf.generation > feed.asOf.generation;
  const held = rebuilt ? new Map<string, CallView>() : feed.calls;
  const calls = new Map(frame.calls.map((call) => [call.callId, newer(held, call)]));
  return { ...feed, run: withSpec(frame.run, feed.run), calls, asOf: frame.asOf, at: frame.at };
}

function applyDelta(feed: RunFeed, frame: DeltaFrame): RunFeed {
  if (feed.run === null) return fault(feed);
  const run = frame.run === null ? feed.run : withSpec(frame.run, feed.run);
  return { ...feed, run, calls: merged(feed.calls, frame.calls), asOf: frame.asOf, at: frame.at };
}

function merged(held: ReadonlyMap<string, CallView>, changed: CallView[]): RunFeed["calls"] {
  if (changed.length === 0) return held;
  const calls = new Map(held);
  for (const call of changed) calls.set(call.callId, newer(held, call));
  return calls;
}

function newer(held: ReadonlyMap<string, CallView>, call: CallView): CallView {
  const before = held.get(call.callId);
  return before !== undefined && before.version > call.version ? before : call;
}

/** A frame without the specification leaves that which is held: it is told when it is news. */
function withSpec(run: RunView, held: RunView | null): RunView {
  return run.spec === null && held !== null ? { ...run, spec: held.spec } : run;
}
