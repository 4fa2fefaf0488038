import { describe, expect, it } from "vitest";
import {
  ago,
  bytes,
  clock,
  counted,
  duration,
  isoDuration,
  isoMillis,
  money,
  percent,
  sentence,
} from "./format.ts";

describe("duration", () => {
  it.each([
    [0, "0 s"],
    [999, "0 s"],
    [1_999, "1 s"],
    [60_000, "1 m"],
    [252_000, "4 m 12 s"],
    [3_852_999, "1 h 4 m 12 s"],
    [3_600_000, "1 h"],
    [90_061_000, "1 d 1 h 1 m 1 s"],
    [-5_000, "0 s"],
  ])("should show %d ms as %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it("should never show a fraction", () => {
    for (let ms = 0; ms < 200_000; ms += 337) expect(duration(ms)).not.toMatch(/[.,]/);
  });

  it("should cut to the largest units on demand", () => {
    expect(duration(3_852_000, 1)).toBe("1 h");
    expect(ago("2026-01-01T00:00:00Z", Date.parse("2026-01-01T00:02:30Z"))).toBe("2 m ago");
  });
});

describe("isoMillis", () => {
  it.each([
    ["PT1.2S", 1_200],
    ["PT10M", 600_000],
    ["PT2H", 7_200_000],
    ["PT1H30M5S", 5_405_000],
    ["PT0S", 0],
    ["-PT3S", -3_000],
  ])("should read %s", (iso, ms) => {
    expect(isoMillis(iso)).toBe(ms);
  });

  it.each(["", "10M", "P1D", "PT", "nonsense"])("should refuse %s", (iso) => {
    expect(isoMillis(iso)).toBeNull();
  });

  it("should show what it cannot read as it is", () => {
    expect(isoDuration("PT90S")).toBe("1 m 30 s");
    expect(isoDuration("P1D")).toBe("P1D");
  });
});

describe("money", () => {
  it.each([
    [0, "$0.00"],
    [0.0123, "$0.0123"],
    [0.00001, "<$0.0001"],
    [0.0001, "$0.0001"],
    [1, "$1.00"],
    [12_345.678, "$12,345.68"],
  ])("should show %d as %s", (usd, text) => {
    expect(money(usd)).toBe(text);
  });
});

describe("the other values", () => {
  it("should never round a share up to done", () => {
    expect(percent(999, 1_000)).toBe("99 %");
    expect(percent(0, 0)).toBe("0 %");
  });

  it("should say one call and two calls", () => {
    expect(counted(1, "call")).toBe("1 call");
    expect(counted(10_000, "call")).toBe("10,000 calls");
  });

  it("should show sizes", () => {
    expect(bytes(381)).toBe("381 B");
    expect(bytes(3_072)).toBe("3.0 KiB");
    expect(bytes(5_242_880)).toBe("5.0 MiB");
  });

  it("should add the date only on another day", () => {
    const at = "2026-03-04T12:00:00Z";
    expect(clock(at, Date.parse(at) + 1_000)).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(clock(at, Date.parse(at) + 3 * 86_400_000)).toMatch(/^4 Mar 2026, \d\d:\d\d:\d\d$/);
  });

  it("should read constants aloud", () => {
    expect(sentence("COMPLETED_WITH_ERRORS")).toBe("Completed with errors");
  });
});
