import type { SnapshotFrame, Version } from "../api/types.ts";
import { SILENCE_MS } from "./client.ts";
import type { RunFeed } from "./fold.ts";
import { liveAfterFault, liveAfterFrames, liveAfterPulse, type LiveRun } from "./live.ts";
import type { LeaderMessage, Told } from "./tabs.ts";
import { compareVersions } from "./version.ts";

/** What a leader's messages mean to those who follow. Pure. */

/** So much longer than told a leader may be silent. */
const GRACE_MS = 30_000;

/** A hidden tab's clock is slowed down: one that looks for the gateway is not waited for. */
const HIDDEN_GRACE_MS = 2_000;

/** Whether after this message nothing of what the leader has told so far is lacking here. */
export function isWhole(message: LeaderMessage, held: RunFeed): boolean {
  return message.told === "state" || (message.told === "standing" && hasAll(held, message.asOf));
}

/** Whether what is held is no older; null is older than anything. */
export function hasAll(held: { asOf: Version | null }, asOf: Version | null): boolean {
  if (asOf === null || held.asOf === null) return held.asOf === asOf;
  return compareVersions(held.asOf, asOf) >= 0;
}

export function afterTold(live: LiveRun, told: Told): LiveRun {
  switch (told.told) {
    case "state":
      return told.snapshot === null ? live : liveAfterFrames(live, [told.snapshot]);
    case "frames":
      return liveAfterFrames(live, told.frames);
    case "fault":
      return liveAfterFault(live);
    case "pulse":
      return liveAfterPulse(live, told.pulse);
    case "standing":
    case "connection":
      return live;
  }
}

/** How long a follower waits for the next word before it takes the lead. */
export function patience(message: LeaderMessage, visible: boolean): number {
  if (message.waitMs === 0) return SILENCE_MS + GRACE_MS;
  return message.waitMs + (message.hidden && visible ? HIDDEN_GRACE_MS : GRACE_MS);
}

export function snapshotOf({ runId, asOf, at, run, calls }: RunFeed): SnapshotFrame | null {
  if (asOf === null || at === null || run === null) return null;
  return { event: "snapshot", runId, asOf, at, run, calls: [...calls.values()] };
}
