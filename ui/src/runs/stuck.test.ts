import { describe, expect, it } from "vitest";
import { run, version } from "../models/fixtures.ts";
import { isStuck, quietAfter, stuckRuns } from "./stuck.ts";

const T0 = Date.parse("2026-01-01T00:00:00Z");
const MINUTE = 60_000;

describe("isStuck", () => {
  it("should wait as long as an attempt may take before it says so", () => {
    const silent = run();
    const quiet = quietAfter(new Map(), [silent], T0);
    const later = quietAfter(quiet, [silent], T0 + 4 * MINUTE);
    expect(isStuck(silent, later, T0 + 5 * MINUTE)).toBe(false);
    expect(isStuck(silent, later, T0 + 5 * MINUTE + 1)).toBe(true);
  });

  it("should begin anew with each event", () => {
    const quiet = quietAfter(new Map(), [run()], T0);
    const moved = run({ asOf: version(2) });
    const later = quietAfter(quiet, [moved], T0 + 5 * MINUTE);
    expect(isStuck(moved, later, T0 + 6 * MINUTE)).toBe(false);
  });

  it("should not take a paused or an ended run for a stuck one", () => {
    const paused = run({ status: "PAUSED" });
    const ended = run({ status: "FINISHED", runId: "run-2" });
    const quiet = quietAfter(new Map(), [paused, ended], T0);
    expect(stuckRuns([paused, ended], quiet, T0 + 60 * MINUTE)).toEqual(new Set());
  });

  it("should count a run beyond its deadline, whatever else it tells", () => {
    const deadline = Date.parse(run().deadlineAt);
    const quiet = quietAfter(new Map(), [run()], deadline);
    expect(isStuck(run(), quiet, deadline + 31_000)).toBe(true);
    expect(isStuck(run(), quiet, deadline + 30_000)).toBe(false);
  });
});
