/** How the page stands to its stream; a value, so that it can be shown and tested. */
export type Connection =
  | { kind: "connecting" }
  /** Connected, but what is shown may be behind; `base` when a snapshot must come first. */
  | { kind: "catching-up"; base: boolean }
  | { kind: "live" }
  /** No stream since that time (milliseconds of the epoch); a reconnect is under way. */
  | { kind: "stale"; since: number; reason: string }
  /** Nothing more comes, and nobody asks again. */
  | { kind: "gone"; why: Gone };

/** The gateway knows no such run, its run was deleted, or it wants to know who is asking. */
export type Gone = "unknown" | "deleted" | "signed-out";

export type Signal =
  | { kind: "opened"; resumed: boolean }
  | { kind: "frame"; event: "snapshot" | "delta" | "reset" }
  | { kind: "heartbeat" }
  | { kind: "lost"; at: number; reason: string }
  | { kind: "gone"; why: Gone };

export const CONNECTING: Connection = { kind: "connecting" };
const LIVE: Connection = { kind: "live" };

export function connectionAfter(before: Connection, signal: Signal): Connection {
  switch (signal.kind) {
    case "opened":
      return { kind: "catching-up", base: !signal.resumed };
    case "frame":
      return afterFrame(before, signal.event);
    case "heartbeat":
      // A resumed stream with nothing to say is up to date; one without a base is not.
      return before.kind === "catching-up" && !before.base ? LIVE : before;
    case "lost":
      // The first loss counts: a failed attempt to reconnect must not make the data look fresher.
      if (before.kind === "connecting") return before;
      return {
        kind: "stale",
        since: before.kind === "stale" ? before.since : signal.at,
        reason: signal.reason,
      };
    case "gone":
      return signal;
  }
}

function afterFrame(before: Connection, event: "snapshot" | "delta" | "reset"): Connection {
  switch (event) {
    case "snapshot":
      return LIVE;
    case "delta":
      return before.kind === "catching-up" && before.base ? before : LIVE;
    case "reset":
      return { kind: "catching-up", base: true };
  }
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** The wait before reconnect number `failures` (from 0): 0.5 s to 30 s, spread by `random` in [0,1). */
export function reconnectDelay(failures: number, random: number): number {
  const top = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures + 1));
  return Math.round(FIRST_MS + random * (top - FIRST_MS));
}

/** Milliseconds of a Retry-After header (seconds or a date); null when there is none to read. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
