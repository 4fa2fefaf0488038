import { describe, expect, it } from "vitest";
import { minuteLines, stepArea, stepLine, type Axes } from "./geometry.ts";

const AXES: Axes = { width: 100, height: 20, top: 10, time: { from: 0, to: 10_000 } };

function at(time: number, concurrency: number) {
  return { at: time, concurrency, inFlight: 0, blockedUntil: null };
}

const limit = ({ concurrency }: { concurrency: number }) => concurrency;

describe("stepLine", () => {
  it("should step from value to value, each at its time", () => {
    const samples = [at(0, 10), at(5_000, 5), at(10_000, 5)];
    expect(stepLine(samples, limit, AXES)).toBe("M0 0H50V10H100V10");
  });

  it("should begin where something is known, on the axis that all lanes share", () => {
    expect(stepLine([at(7_500, 10), at(10_000, 10)], limit, AXES)).toBe("M75 0H100V0");
  });

  it("should draw nothing of nothing, and no value above the top", () => {
    expect(stepLine([], limit, AXES)).toBe("");
    expect(stepLine([at(0, 99)], limit, AXES)).toBe("M0 0");
    expect(stepLine([at(0, 0)], limit, { ...AXES, top: 0 })).toBe("M0 20");
  });
});

describe("stepArea", () => {
  it("should end below its begin", () => {
    expect(stepArea([at(5_000, 5), at(10_000, 5)], limit, AXES)).toBe("M50 10H100V10V20H50Z");
    expect(stepArea([], limit, AXES)).toBe("");
  });
});

describe("minuteLines", () => {
  it("should count back from the end and leave the ends out", () => {
    const quarter = { ...AXES, time: { from: 0, to: 900_000 } };
    expect(minuteLines(5, quarter)).toBe("M66.67 0V20M33.33 0V20");
    expect(minuteLines(15, quarter)).toBe("");
  });
});
