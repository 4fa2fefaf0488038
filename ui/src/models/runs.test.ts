import { describe, expect, it } from "vitest";
import { run, stats } from "./fixtures.ts";
import { addsUp, elapsedMs, endedOf, iconOf, labelOf, segmentsOf, titleOf } from "./runs.ts";

const FULL = stats({
  planned: 28,
  queued: 1,
  inFlight: 2,
  ok: 3,
  failed: 4,
  timedOut: 5,
  cancelled: 6,
  skipped: 7,
});

describe("stats of a run", () => {
  it("should show every planned call in exactly one segment", () => {
    const total = segmentsOf(FULL).reduce((sum, segment) => sum + segment.count, 0);
    expect(total).toBe(FULL.planned);
    expect(addsUp(FULL)).toBe(true);
    expect(endedOf(FULL)).toBe(25);
  });

  it("should notice numbers that do not add up", () => {
    expect(addsUp({ ...FULL, ok: 4 })).toBe(false);
  });
});

describe("words of a run", () => {
  it("should never show a cancelled or a partly failed run as completed", () => {
    expect(labelOf("FINISHED", "CANCELLED")).toEqual({ text: "Cancelled", tone: "muted" });
    expect(labelOf("FINISHED", "COMPLETED_WITH_ERRORS").tone).not.toBe("ok");
    expect(labelOf("CANCELLING", null).text).toBe("Cancelling");
  });

  it("should tell the state in title and icon", () => {
    const moving = run({ stats: FULL });
    expect(titleOf(moving)).toBe("25/28 Three orders");
    expect(iconOf(moving)).toBe("running");
    const failed = run({ status: "FINISHED", outcome: "FAILED" });
    expect(titleOf(failed)).toBe("Failed: Three orders");
    expect(iconOf(failed)).toBe("failed");
  });

  it("should stop the elapsed time at the end", () => {
    const ended = run({ finishedAt: "2026-01-01T00:04:12Z" });
    expect(elapsedMs(ended, Date.parse("2027-01-01T00:00:00Z"))).toBe(252_000);
    expect(elapsedMs(run(), Date.parse("2026-01-01T00:00:05Z"))).toBe(5_000);
  });
});
