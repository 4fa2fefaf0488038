import { describe, expect, it } from "vitest";
import { cutAt, EMPTY_LOG, filterLines, isAtBottom, MOST_LINES, withPage } from "./console.ts";
import { line } from "./fixtures.ts";

describe("withPage", () => {
  it("should add the lines and go on after them", () => {
    const log = withPage(EMPTY_LOG, { items: [line({ position: "0.1" })], next: "0.1" });
    const more = withPage(log, { items: [line({ position: "0.5" })], next: "0.5" });
    expect(more.lines.map(({ position }) => position)).toEqual(["0.1", "0.5"]);
    expect(more.next).toBe("0.5");
  });

  it("should stay the same value when nothing has come", () => {
    const log = withPage(EMPTY_LOG, { items: [line()], next: "0.1" });
    expect(withPage(log, { items: [], next: "0.1" })).toBe(log);
  });

  it("should let the oldest lines go and count them", () => {
    const many = Array.from({ length: MOST_LINES + 10_001 }, (_, index) =>
      line({ position: `0.${index}` }),
    );
    const log = withPage(EMPTY_LOG, { items: many, next: "x" });
    expect(log.lines).toHaveLength(MOST_LINES);
    expect(log.dropped).toBe(10_001);
    expect(log.lines.at(-1)?.position).toBe(`0.${MOST_LINES + 10_000}`);
  });
});

describe("filterLines", () => {
  const lines = [
    line({ position: "1", level: "DEBUG", text: "request sent" }),
    line({ position: "2", level: "WARN", text: "Rate limited", callId: "call-2" }),
    line({ position: "3", level: "ERROR", text: "gave up", source: "worker-7", callId: null }),
  ];
  const all = { level: "DEBUG", text: "", callId: null } as const;
  const positions = (filter: Parameters<typeof filterLines>[1]) =>
    filterLines(lines, filter).map(({ position }) => position);

  it("should show everything untouched when nothing is asked", () => {
    expect(filterLines(lines, all)).toBe(lines);
  });

  it("should show a level and what is graver", () => {
    expect(positions({ ...all, level: "WARN" })).toEqual(["2", "3"]);
  });

  it("should search text, source and call without regard to case", () => {
    expect(positions({ ...all, text: "rate" })).toEqual(["2"]);
    expect(positions({ ...all, text: "WORKER-7" })).toEqual(["3"]);
    expect(positions({ ...all, text: "call-2" })).toEqual(["2"]);
  });

  it("should show the lines of one call", () => {
    expect(positions({ ...all, callId: "call-2" })).toEqual(["2"]);
  });
});

describe("cutAt", () => {
  it("should put every hit at an odd place", () => {
    expect(cutAt("Rate limit: rate", "rate")).toEqual(["", "Rate", " limit: ", "rate", ""]);
    expect(cutAt("nothing", "rate")).toEqual(["nothing"]);
    expect(cutAt("nothing", " ")).toEqual(["nothing"]);
  });
});

describe("isAtBottom", () => {
  it("should forgive a few pixels and nothing more", () => {
    expect(isAtBottom({ scrollTop: 580, scrollHeight: 1_000, clientHeight: 400 })).toBe(true);
    expect(isAtBottom({ scrollTop: 500, scrollHeight: 1_000, clientHeight: 400 })).toBe(false);
  });
});
