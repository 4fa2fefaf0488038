import { describe, expect, it } from "vitest";
import type { Frame } from "../api/types.ts";
import { call, run, version } from "../models/fixtures.ts";
import { beginLive, liveAfterFault, liveAfterFrames, liveAfterSignal } from "./live.ts";

const AT = "2026-11-25T12:00:00Z";

const SNAPSHOT: Frame = {
  event: "snapshot",
  runId: "run-1",
  at: AT,
  asOf: version(5),
  run: run({ asOf: version(5) }),
  calls: [call({ version: 5 })],
};

const RESET: Frame = { event: "reset", runId: "run-1", asOf: version(5), reason: "expired" };

describe("LiveRun", () => {
  it("should draw the last run until the snapshot after a reset has come", () => {
    const before = liveAfterFrames(beginLive("run-1"), [SNAPSHOT]);
    const between = liveAfterFrames(before, [RESET]);
    expect(between.feed.run).toBeNull();
    expect(between.shown).toBe(before.shown);

    const older: Frame = { ...SNAPSHOT, asOf: version(3), run: run({ name: "after the reset" }) };
    const after = liveAfterFrames(between, [older]);
    expect(after.shown.run?.name).toBe("after the reset");
    expect(after.shown).toBe(after.feed);
  });

  it("should stay the same value when nothing has changed", () => {
    const live = liveAfterFrames(beginLive("run-1"), [SNAPSHOT]);
    const old: Frame = {
      event: "delta",
      runId: "run-1",
      at: AT,
      asOf: version(4),
      run: null,
      calls: [],
    };
    expect(liveAfterFrames(live, [old])).toBe(live);
    expect(liveAfterSignal(live, { kind: "heartbeat" })).toBe(live);
  });

  it("should count what could not be read", () => {
    expect(liveAfterFault(beginLive("run-1")).feed.faults).toBe(1);
  });
});
