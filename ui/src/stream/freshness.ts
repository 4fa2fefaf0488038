import { count, duration } from "../models/format.ts";
import type { LiveRun } from "./live.ts";

/** How true the page is at this moment. */
export interface Freshness {
  kind:
    | "connecting"
    | "connected"
    | "catching-up"
    | "live"
    | "standing"
    | "unreachable"
    | "stale"
    | "gone";
  text: string;
  /** More about it, for who wants to know. */
  detail: string | null;
}

/** So many events are under way at any moment while many calls end at once. */
const UNDER_WAY = 50;

/** A pause of the projector that nobody needs to hear of. */
const PAUSE_MS = 5_000;

/**
 * @param now by the gateway's clock, in milliseconds of the epoch
 * @param offsetMs the gateway's clock minus the browser's, by which a lost stream is timed
 */
export function freshnessOf(live: LiveRun, now: number, offsetMs: number): Freshness {
  const { connection } = live;
  switch (connection.kind) {
    case "connecting":
      return plain("connecting", "connecting");
    case "catching-up":
      return plain("catching-up", "catching up");
    case "live":
      return whileLive(live, now);
    case "stale": {
      const text = `stale for ${duration(now - offsetMs - connection.since)}, reconnecting`;
      return { kind: "stale", text, detail: connection.reason };
    }
    case "gone":
      return plain("gone", "gone");
  }
}

/** A stream that is open is worth no more than what feeds it. */
function whileLive({ pulse, lagMs }: LiveRun, now: number): Freshness {
  if (pulse === null) return plain("connected", "connected");
  const { trouble, behind, standingSince } = pulse;
  if (trouble !== null) {
    const what = trouble.what === "LOG" ? "log unreachable" : "updates are interrupted";
    const text = `${what} for ${since(trouble.since, now)}`;
    return { kind: "unreachable", text, detail: trouble.reason };
  }
  if (behind === null) return plain("connected", "connected");
  if (standingSince !== null && now - Date.parse(standingSince) >= PAUSE_MS) {
    const text = `tables are not being written for ${since(standingSince, now)}`;
    return { kind: "standing", text, detail: waiting(behind) };
  }
  if (behind > UNDER_WAY) return plain("catching-up", `catching up, ${waiting(behind)}`);
  return plain("live", lagMs === null ? "live" : `live, ${lag(lagMs)} behind`);
}

function plain(kind: Freshness["kind"], text: string): Freshness {
  return { kind, text, detail: null };
}

function waiting(behind: number): string {
  return `${count(behind)} ${behind === 1 ? "event" : "events"} behind`;
}

function since(instant: string, now: number): string {
  return duration(now - Date.parse(instant));
}

function lag(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : duration(ms, 2);
}
