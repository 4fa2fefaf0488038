import { describe, expect, it } from "vitest";
import type { RunView } from "../api/types.ts";
import { LIMITS, run, stats } from "../models/fixtures.ts";
import { isStuck, stuckRuns } from "./stuck.ts";

const T0 = Date.parse("2026-01-01T00:00:00Z");
const MINUTE = 60_000;

/** A run that told something at T0 and nothing since; an attempt may take 5 minutes. */
const quiet = (overrides: Partial<RunView> = {}) =>
  run({ stats: stats({ planned: 3, queued: 1, inFlight: 2 }), ...overrides });

describe("isStuck", () => {
  it("should recognise at once what told nothing for longer than an attempt may take", () => {
    expect(isStuck(quiet(), T0 + 5 * MINUTE)).toBe(false);
    expect(isStuck(quiet(), T0 + 5 * MINUTE + 1)).toBe(true);
    const told = quiet({ lastEventAt: "2026-01-01T00:03:00Z" });
    expect(isStuck(told, T0 + 6 * MINUTE)).toBe(false);
  });

  it("should count what is due as well as what is in flight", () => {
    const due = quiet({ stats: stats({ planned: 1, queued: 1 }) });
    const phaseOver = quiet({ stats: stats({ planned: 1, ok: 1 }) });
    expect(isStuck(due, T0 + 6 * MINUTE)).toBe(true);
    expect(isStuck(phaseOver, T0 + 6 * MINUTE)).toBe(true);
  });

  it("should not take a minute of silence for trouble, however short attempts are", () => {
    const limits = { ...LIMITS, attemptTimeout: "PT5S" };
    expect(isStuck(quiet({ limits }), T0 + MINUTE)).toBe(false);
    expect(isStuck(quiet({ limits }), T0 + MINUTE + 1)).toBe(true);
  });

  it("should let calls pause before their next attempt as long as they may take as a whole", () => {
    const pausing = stats({ planned: 2, inFlight: 2, retrying: 2 });
    expect(isStuck(quiet({ stats: pausing }), T0 + 10 * MINUTE)).toBe(false);
    expect(isStuck(quiet({ stats: pausing }), T0 + 10 * MINUTE + 1)).toBe(true);
    const one = stats({ planned: 2, inFlight: 2, retrying: 1 });
    expect(isStuck(quiet({ stats: one }), T0 + 6 * MINUTE)).toBe(true);
  });

  it("should not take a paused or an ended run for a stuck one", () => {
    const paused = quiet({ status: "PAUSED", stats: stats({ planned: 1, queued: 1 }) });
    const ended = quiet({ status: "FINISHED", runId: "run-2" });
    expect(stuckRuns([paused, ended], T0 + 60 * MINUTE)).toEqual(new Set());
  });

  it("should expect what is in flight to end also while the run is paused", () => {
    const paused = quiet({ status: "PAUSED" });
    expect(stuckRuns([paused], T0 + 6 * MINUTE)).toEqual(new Set(["run-1"]));
  });

  it("should count a run beyond its deadline, whatever else it tells", () => {
    const deadline = Date.parse(run().deadlineAt);
    const late = quiet({ lastEventAt: run().deadlineAt, status: "PAUSED" });
    expect(isStuck(late, deadline + 31_000)).toBe(true);
    expect(isStuck(late, deadline + 30_000)).toBe(false);
  });
});
