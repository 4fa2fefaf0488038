import { describe, expect, it } from "vitest";
import type { DeltaFrame, Frame } from "../api/types.ts";
import { call, run, version } from "../models/fixtures.ts";
import type { Connection } from "./connection.ts";
import { freshnessOf } from "./freshness.ts";
import {
  beginLive,
  liveAfterFrames,
  liveWithConnection,
  type LiveRun,
  type RunPulse,
} from "./live.ts";

const NOON = Date.parse("2026-11-25T12:00:00Z");
const LIVE: Connection = { kind: "live" };

const iso = (ms: number) => new Date(ms).toISOString();

function live(pulse: Partial<RunPulse> | null, lagMs: number | null = null): LiveRun {
  const told: RunPulse | null = pulse && {
    at: iso(NOON),
    receivedAt: NOON,
    trouble: null,
    behind: 0,
    standingSince: null,
    ...pulse,
  };
  return { ...beginLive("run-1"), connection: LIVE, pulse: told, lagMs };
}

const shown = (each: LiveRun, now = NOON) => freshnessOf(each, now, 0);

describe("freshnessOf", () => {
  it("should be live only when the gateway says that nothing waits", () => {
    expect(shown(live(null)).kind).toBe("connected");
    expect(shown(live({ behind: null })).kind).toBe("connected");
    expect(shown(live({}))).toEqual({ kind: "live", text: "live", detail: null });
  });

  it.each([
    [40, "live, 40 ms behind"],
    [999, "live, 999 ms behind"],
    [3_400, "live, 3 s behind"],
  ])("should say how old the newest event was when it came: %i ms", (lagMs, text) => {
    expect(shown(live({ behind: 3 }, lagMs)).text).toBe(text);
  });

  it("should catch up while more waits than is under way at any moment", () => {
    expect(shown(live({ behind: 50 })).kind).toBe("live");
    const behind = shown(live({ behind: 1_200, standingSince: iso(NOON - 1_000) }));
    expect(behind).toMatchObject({ kind: "catching-up", text: "catching up, 1,200 events behind" });
  });

  it("should never be live while nothing is folded, however little waits", () => {
    const standing = live({ behind: 1, standingSince: iso(NOON - 12_000) }, 40);
    expect(shown(standing)).toEqual({
      kind: "standing",
      text: "tables are not being written for 12 s",
      detail: "1 event behind",
    });
    expect(shown(standing, NOON - 8_000).kind, "a short pause is none").toBe("live");
  });

  it.each([
    ["LOG", "log unreachable for 12 s"],
    ["FEED", "updates are interrupted for 12 s"],
  ] as const)("should say that nothing can come while %s is in trouble", (what, text) => {
    const trouble = { what, since: iso(NOON - 12_000), reason: "no broker" };
    expect(shown(live({ trouble }, 40))).toEqual({
      kind: "unreachable",
      text,
      detail: "no broker",
    });
  });

  it("should time a lost stream by the clock of the browser, which noted it", () => {
    const connection: Connection = { kind: "stale", since: NOON - 12_000, reason: "HTTP 503" };
    const stale = liveWithConnection(live({}), connection);
    const hour = 3_600_000;
    expect(freshnessOf(stale, NOON + hour, hour)).toEqual({
      kind: "stale",
      text: "stale for 12 s, reconnecting",
      detail: "HTTP 503",
    });
  });
});

describe("lagMs", () => {
  const delta = (at: number, lastEventAt: number): DeltaFrame => ({
    event: "delta",
    runId: "run-1",
    asOf: version(6),
    at: iso(at),
    run: run({ asOf: version(6), lastEventAt: iso(lastEventAt) }),
    calls: [call({ version: 6 })],
  });
  const snapshot: Frame = { ...delta(NOON, NOON - 9_000), event: "snapshot", run: run() };

  it("should be the age of the newest event by the clock of the gateway", () => {
    const before = liveWithConnection(liveAfterFrames(beginLive("run-1"), [snapshot]), LIVE);
    expect(before.lagMs, "a snapshot says nothing of it").toBeNull();
    expect(liveAfterFrames(before, [delta(NOON + 40, NOON)]).lagMs).toBe(40);
    expect(liveAfterFrames(before, [delta(NOON, NOON + 5)]).lagMs, "clocks differ a little").toBe(
      0,
    );
  });

  it("should not take the length of a gap for it", () => {
    const lost: Connection = { kind: "stale", since: NOON, reason: "lost" };
    const before = liveAfterFrames(beginLive("run-1"), [snapshot]);
    const resumed = liveWithConnection(liveWithConnection(before, lost), {
      kind: "catching-up",
      base: false,
    });
    expect(liveAfterFrames(resumed, [delta(NOON + 60_000, NOON)]).lagMs).toBeNull();
  });
});
