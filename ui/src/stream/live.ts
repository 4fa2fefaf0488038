import type { Frame } from "../api/types.ts";
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
}

export function beginLive(runId: string): LiveRun {
  const feed = emptyFeed(runId);
  return { feed, shown: feed, connection: CONNECTING };
}

export function reconnecting(live: LiveRun): LiveRun {
  return { ...live, connection: CONNECTING };
}

export function liveAfterFrames(live: LiveRun, frames: readonly Frame[]): LiveRun {
  return withFeed(live, applyFrames(live.feed, frames));
}

export function liveAfterFault(live: LiveRun): LiveRun {
  return withFeed(live, fault(live.feed));
}

export function liveAfterSignal(live: LiveRun, signal: Signal): LiveRun {
  return liveWithConnection(live, connectionAfter(live.connection, signal));
}

/** As another tab tells it, which holds the stream. */
export function liveWithConnection(live: LiveRun, connection: Connection): LiveRun {
  return connection === live.connection ? live : { ...live, connection };
}

function withFeed(live: LiveRun, feed: RunFeed): LiveRun {
  if (feed === live.feed) return live;
  return { ...live, feed, shown: feed.run === null ? live.shown : feed };
}
