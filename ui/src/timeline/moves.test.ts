import { describe, expect, it } from "vitest";
import { call } from "../models/fixtures.ts";
import type { Row } from "./layout.ts";
import { firstPlace, lastPlace, placeOf, sideways, upOrDown } from "./moves.ts";

function row(...from: number[]): Row {
  const bars = from.map((each) => ({
    call: call({ callId: `at-${each}` }),
    from: each,
    to: each + 5,
  }));
  return { group: "g", calls: bars.length, bars };
}

const ROWS = [row(), row(0, 10, 20), row(), row(3, 12, 40), row(100)];

describe("moving through the bars", () => {
  it("should begin and end at bars and not at headings", () => {
    expect(firstPlace(ROWS)).toEqual({ row: 1, bar: 0 });
    expect(lastPlace(ROWS)).toEqual({ row: 4, bar: 0 });
    expect(firstPlace([row()])).toBeNull();
  });

  it("should go down to the bar nearest in time, over headings", () => {
    expect(upOrDown(ROWS, { row: 1, bar: 1 }, 1)).toEqual({ row: 3, bar: 1 });
    expect(upOrDown(ROWS, { row: 3, bar: 2 }, -1)).toEqual({ row: 1, bar: 2 });
    expect(upOrDown(ROWS, { row: 1, bar: 0 }, 10)).toEqual({ row: 4, bar: 0 });
    expect(upOrDown(ROWS, { row: 4, bar: 0 }, 1)).toBeNull();
  });

  it("should go sideways inside its row only", () => {
    expect(sideways(ROWS, { row: 1, bar: 1 }, 1)).toEqual({ row: 1, bar: 2 });
    expect(sideways(ROWS, { row: 1, bar: 0 }, -1)).toBeNull();
  });

  it("should find a call again wherever it went", () => {
    expect(placeOf(ROWS, { callId: "at-12" })).toEqual({ row: 3, bar: 1 });
    expect(placeOf(ROWS, { callId: "at-99" })).toBeNull();
    expect(placeOf(ROWS, null)).toBeNull();
  });

  it("should find the epoch again, or its call where epochs have no bars", () => {
    const [twice, other] = [call({ callId: "twice" }), call({ callId: "other" })];
    const bars = [
      { call: twice, epoch: 1, from: 0, to: 5 },
      { call: other, epoch: 1, from: 5, to: 8 },
      { call: twice, epoch: 2, from: 9, to: 12 },
    ];
    const rows = [{ group: "g", calls: 3, bars }];
    expect(placeOf(rows, { callId: "twice", epoch: 2 })).toEqual({ row: 0, bar: 2 });
    expect(placeOf(rows, { callId: "twice" })).toEqual({ row: 0, bar: 0 });
  });
});
