import type { Frame, Pulse, PulseTrouble } from "../api/types.ts";
import { CONNECTING, connectionAfter, type Connection, type Signal } from "./connection.ts";
import { applyFrames, emptyFeed, fault, type RunFeed } from "./fold.ts";

/** A run as the page has it. */
export interface LiveRun {
  /** What the frames add up to; empty between a reset and the snapshot that follows it. */
  feed: RunFeed;
  /**
   * What is drawn: the feed, or over a reset the last one that had a run, so that the page does not
   * fall apart for a moment. The connection says "catching up" meanwhile.
   */
  shown: RunFeed;
  connection: Connection;
  /** How far it is behind, as the gateway said last; null before it has. */
  pulse: RunPulse | null;
  /** Milliseconds from the newest event to the frame that told it; null before one came while live. */
  lagMs: number | null;
}

/** What a pulse says of one run. */
export interface RunPulse {
  /** By the gateway's clock. */
  at: string;
  /** The same moment by this browser's clock, in milliseconds of the epoch. */
  receivedAt: number;
  trouble: PulseTrouble | null;
  behind: number | null;
  standingSince: string | null;
}

export function pulseFor(runId: string, pulse: Pulse, receivedAt: number): RunPulse | null {
  const own = pulse.runs.find((each) => each.runId === runId);
  if (own === undefined) return null;
  const { behind, standingSince } = own;
  return { at: pulse.at, receivedAt, trouble: pulse.trouble, behind, standingSince };
}

export function liveAfterPulse(live: LiveRun, pulse: RunPulse): LiveRun {
  return { ...live, pulse };
}

export function beginLive(runId: string): LiveRun {
  const feed = emptyFeed(runId);
  return { feed, shown: feed, connection: CONNECTING, pulse: null, lagMs: null };
}

export function reconnecting(live: LiveRun): LiveRun {
  return { ...live, connection: CONNECTING };
}

export function liveAfterFrames(live: LiveRun, frames: readonly Frame[]): LiveRun {
  return withLag(withFeed(live, applyFrames(live.feed, frames)), live.connection, frames.at(-1));
}

/** What is told after a gap took as long as the gap: it says nothing of how fast the rest comes. */
function withLag(live: LiveRun, before: Connection, last: Frame | undefined): LiveRun {
  if (before.kind !== "live" || last?.event !== "delta" || last.run === null) return live;
  const lagMs = Math.max(0, Date.parse(last.at) - Date.parse(last.run.lastEventAt));
  return { ...live, lagMs };
}

export function liveAfterFault(live: LiveRun): LiveRun {
  return withFeed(live, fault(live.feed));
}

export function liveAfterSignal(live: LiveRun, signal: Signal): LiveRun {
  return liveWithConnection(live, connectionAfter(live.connection, signal));
}

/** As another tab tells it, which holds the stream. */
export function liveWithConnection(live: LiveRun, connection: Connection): LiveRun {
  if (connection === live.connection) return live;
  // Once the stream is lost, what it said of itself is no longer true.
  return connection.kind === "live"
    ? { ...live, connection }
    : { ...live, connection, pulse: null, lagMs: null };
}

function withFeed(live: LiveRun, feed: RunFeed): LiveRun {
  if (feed === live.feed) return live;
  return { ...live, feed, shown: feed.run === null ? live.shown : feed };
}
