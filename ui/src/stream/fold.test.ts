import { describe, expect, it } from "vitest";
import type { DeltaFrame, Frame, SnapshotFrame } from "../api/types.ts";
import { SPEC, call, run, stats, version } from "../models/fixtures.ts";
import { applyFrame, applyFrames, emptyFeed, type RunFeed } from "./fold.ts";

const AT = "2026-11-25T12:00:00Z";

function snapshot(offset: number, overrides: Partial<SnapshotFrame> = {}): SnapshotFrame {
  return {
    event: "snapshot",
    runId: "run-1",
    at: AT,
    asOf: version(offset),
    run: run({ asOf: version(offset), spec: SPEC }),
    calls: [call({ version: offset })],
    ...overrides,
  };
}

function delta(offset: number, overrides: Partial<DeltaFrame> = {}): DeltaFrame {
  return {
    event: "delta",
    runId: "run-1",
    at: AT,
    asOf: version(offset),
    run: null,
    calls: [],
    ...overrides,
  };
}

function held(...frames: Frame[]): RunFeed {
  return applyFrames(emptyFeed("run-1"), frames);
}

describe("applyFrame", () => {
  it("should show the snapshot and then what a delta changes, and nothing else", () => {
    const other = call({ callId: "call-2", version: 5 });
    const before = held(snapshot(5, { calls: [call({ version: 5 }), other] }));
    const changed = call({ state: "OK", version: 9 });

    const after = applyFrame(before, delta(9, { calls: [changed] }));

    expect(after.calls.get("call-1")).toBe(changed);
    expect(after.calls.get("call-2")).toBe(other);
    expect(after.run).toBe(before.run);
    expect(after.asOf).toEqual(version(9));
  });

  it("should keep the spec when a delta leaves it out", () => {
    const moved = run({ stats: stats({ planned: 1, ok: 1 }), spec: null });
    const feed = held(snapshot(5), delta(6, { run: moved }));
    expect(feed.run?.spec).toBe(SPEC);
    expect(feed.run?.stats.ok).toBe(1);
  });

  it("should change nothing for a frame of a lower version", () => {
    const feed = held(snapshot(9));
    expect(applyFrame(feed, delta(8, { run: run({ name: "old" }) }))).toBe(feed);
    expect(applyFrame(feed, snapshot(8))).toBe(feed);
  });

  it("should change nothing for a call of a lower version inside a newer frame", () => {
    const feed = held(snapshot(9), delta(10, { calls: [call({ version: 4, state: "FAILED" })] }));
    expect(feed.calls.get("call-1")).toMatchObject({ version: 9, state: "QUEUED" });
  });

  it("should give the same feed when a frame comes twice", () => {
    const frame = delta(10, { calls: [call({ version: 10, state: "OK" })] });
    expect(held(snapshot(9), frame, frame)).toEqual(held(snapshot(9), frame));
  });

  it("should end in the same feed whatever order deltas arrive in", () => {
    const first = delta(10, { calls: [call({ version: 10, state: "IN_FLIGHT" })] });
    const second = delta(11, { calls: [call({ version: 11, state: "OK" })] });
    expect(held(snapshot(9), second, first).calls).toEqual(held(snapshot(9), first, second).calls);
  });

  it("should ignore a frame of another run and count it as a fault", () => {
    const feed = held(snapshot(5));
    const foreignRun = applyFrame(feed, delta(6, { run: run({ runId: "run-2" }) }));
    const foreignCall = applyFrame(feed, delta(6, { calls: [call({ runId: "run-2" })] }));
    expect(foreignRun).toEqual({ ...feed, faults: 1 });
    expect(foreignCall).toEqual({ ...feed, faults: 1 });
  });

  it("should count a delta without a snapshot as a fault", () => {
    expect(held(delta(6, { run: run() }))).toEqual({ ...emptyFeed("run-1"), faults: 1 });
  });

  it("should clear everything but the faults on reset and take an older snapshot afterwards", () => {
    const broken = applyFrame(held(snapshot(9)), delta(10, { calls: [call({ runId: "x" })] }));
    const cleared = applyFrame(broken, {
      event: "reset",
      runId: "run-1",
      asOf: version(9),
      reason: "expired",
    });
    expect(cleared).toEqual({ ...emptyFeed("run-1"), faults: 1 });
    expect(applyFrame(cleared, snapshot(3)).asOf).toEqual(version(3));
  });

  it("should prefer a rebuilt projection although its offset is lower", () => {
    const rebuilt = snapshot(4, {
      asOf: version(4, 2),
      calls: [call({ version: 4, state: "OK" })],
    });
    const feed = held(snapshot(9), rebuilt);
    expect(feed.calls.get("call-1")?.state).toBe("OK");
    expect(applyFrame(feed, snapshot(12))).toBe(feed);
  });

  it("should drop calls that a newer snapshot does not know", () => {
    const feed = held(snapshot(5), snapshot(6, { calls: [] }));
    expect(feed.calls.size).toBe(0);
  });

  it("should not change on bye", () => {
    const feed = held(snapshot(5));
    const bye = {
      event: "bye",
      runId: "run-1",
      asOf: version(5),
      reason: "shutdown",
      retryMs: 1,
    } as const;
    expect(applyFrame(feed, bye)).toBe(feed);
  });
});
