import { describe, expect, it } from "vitest";
import { etaOf } from "./eta.ts";
import { call, run, stats } from "./fixtures.ts";

const START = Date.UTC(2026, 0, 1);
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

const running = run({
  requestedAt: at(-30),
  startedAt: at(0),
  deadlineAt: at(7_200),
  stats: stats({ planned: 200, queued: 90, inFlight: 10, ok: 100 }),
});

/** So many calls, one ended each `every` seconds, the last one at `until`. */
const ended = (count: number, every: number, until: number) =>
  Array.from({ length: count }, (_, index) =>
    call({ state: "OK", startedAt: at(0), finishedAt: at(until - index * every) }),
  );

describe("etaOf", () => {
  it("should divide what is left by the rate, with a range around it", () => {
    const eta = etaOf(running, ended(100, 1, 100), START + 100_000);
    expect(eta).toMatchObject({ kind: "known", likely: 100_000, capped: false });
    if (eta.kind !== "known") return;
    expect(Math.round(eta.least / 1_000)).toBe(86);
    expect(Math.round(eta.most / 1_000)).toBe(120);
  });

  it("should forget what is older than five minutes", () => {
    const calls = [...ended(30, 10, 3_600), ...ended(2_000, 1, 3_000)];
    expect(etaOf(running, calls, START + 3_600_000)).toMatchObject({ likely: 1_000_000 });
  });

  it("should narrow its range as more is known", () => {
    const width = (count: number) => {
      const eta = etaOf(running, ended(count, 1, 250), START + 250_000);
      return eta.kind === "known" ? eta.most / eta.least : NaN;
    };
    expect(width(200)).toBeLessThan(width(20));
  });

  it("should not know from few ends, a short time or before the start", () => {
    expect(etaOf(running, ended(4, 1, 100), START + 100_000).kind).toBe("unknown");
    expect(etaOf(running, ended(9, 1, 9), START + 9_000).kind).toBe("unknown");
    expect(etaOf({ ...running, startedAt: null }, [], START).kind).toBe("unknown");
  });

  it("should not take skipped calls for work", () => {
    const skipped = ended(50, 1, 100).map((each) => ({ ...each, state: "SKIPPED" as const }));
    expect(etaOf(running, skipped, START + 100_000).kind).toBe("unknown");
  });

  it("should not pass the deadline of the run", () => {
    const eta = etaOf({ ...running, deadlineAt: at(150) }, ended(100, 1, 100), START + 100_000);
    expect(eta).toMatchObject({ most: 50_000, likely: 50_000, capped: true });
  });

  it("should say so when the run is held or has ended", () => {
    expect(etaOf({ ...running, status: "PAUSED" }, [], START).kind).toBe("held");
    expect(etaOf({ ...running, status: "CANCELLING" }, [], START).kind).toBe("held");
    expect(etaOf({ ...running, status: "FINISHED" }, [], START).kind).toBe("ended");
  });
});
