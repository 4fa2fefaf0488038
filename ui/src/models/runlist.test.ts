import { describe, expect, it } from "vitest";
import { run, stats, version } from "./fixtures.ts";
import {
  countsByFilter,
  listedRuns,
  matchesFilter,
  mergedRuns,
  parseRunsSearch,
} from "./runlist.ts";

const NOW = Date.parse("2026-01-01T01:00:00Z");

const RUNS = [
  run({ runId: "a", name: "Run 10", requestedAt: "2026-01-01T00:00:00Z", status: "RUNNING" }),
  run({
    runId: "b",
    name: "Run 9",
    requestedAt: "2026-01-01T00:10:00Z",
    status: "FINISHED",
    outcome: "BUDGET_EXHAUSTED",
    finishedAt: "2026-01-01T00:11:00Z",
    stats: stats({ planned: 4, ok: 2, failed: 1, timedOut: 1, retries: 3, costUsd: 4.9 }),
  }),
  run({ runId: "c", name: "Held", requestedAt: "2026-01-01T00:20:00Z", status: "PAUSED" }),
];

const ids = (query: Partial<Parameters<typeof listedRuns>[1]>) =>
  listedRuns(RUNS, { filter: "ALL", order: "NEWEST", text: "", ...query }, NOW).map(
    ({ runId }) => runId,
  );

describe("listedRuns", () => {
  it("should show the newest first and everything when nothing is asked", () => {
    expect(ids({})).toEqual(["c", "b", "a"]);
  });

  it("should search name and id without regard to case", () => {
    expect(ids({ text: "RUN" })).toEqual(["b", "a"]);
    expect(ids({ text: "c" })).toEqual(["c"]);
  });

  it("should sort names as people count, and durations by the clock", () => {
    expect(ids({ order: "NAME" })).toEqual(["c", "b", "a"]);
    expect(ids({ order: "DURATION" })).toEqual(["a", "c", "b"]);
    expect(ids({ order: "COST" })[0]).toBe("b");
    expect(ids({ order: "TROUBLE" })[0]).toBe("b");
    expect(ids({ order: "OLDEST" })).toEqual(["a", "b", "c"]);
  });

  it("should filter by what a run is and by what happened in it", () => {
    expect(ids({ filter: "RUNNING" })).toEqual(["a"]);
    expect(ids({ filter: "PAUSED" })).toEqual(["c"]);
    for (const filter of ["RETRIED", "FAILED", "TIMED_OUT", "OVER_BUDGET"] as const)
      expect(ids({ filter })).toEqual(["b"]);
    expect(countsByFilter(RUNS)).toMatchObject({ ALL: 3, RUNNING: 1, PAUSED: 1, OVER_BUDGET: 1 });
  });

  it("should tell what is retried now from what has been", () => {
    const now = run({ stats: stats({ inFlight: 2, retries: 3, retrying: 1 }) });
    expect(matchesFilter(now, "RETRYING")).toBe(true);
    expect(ids({ filter: "RETRYING" })).toEqual([]);
    expect(countsByFilter([now, ...RUNS])).toMatchObject({ RETRYING: 1, RETRIED: 2 });
  });

  it("should see a run that has spent more than its limit, however it ended", () => {
    const over = run({ outcome: "COMPLETED", stats: stats({ costUsd: 5.01 }) });
    expect(matchesFilter(over, "OVER_BUDGET")).toBe(true);
  });
});

describe("mergedRuns", () => {
  it("should keep the newer view of a run that is on two pages", () => {
    const old = run({ runId: "a", asOf: version(1) });
    const fresh = run({ runId: "a", asOf: version(7) });
    const page = (...items: (typeof old)[]) => ({ items, nextCursor: null });
    expect(mergedRuns([page(fresh), page(old)])[0]?.asOf.offset).toBe(7);
    expect(mergedRuns([page(old), page(fresh, run({ runId: "b" }))])).toHaveLength(2);
  });
});

describe("parseRunsSearch", () => {
  it("should leave out defaults and what it does not know", () => {
    expect(parseRunsSearch({ show: "ALL", sort: "NEWEST", find: "" })).toEqual({});
    expect(parseRunsSearch({ show: "x", sort: 3 })).toEqual({});
    expect(parseRunsSearch({ show: "FAILED", sort: "COST", find: 17 })).toEqual({
      show: "FAILED",
      sort: "COST",
      find: "17",
    });
  });
});
