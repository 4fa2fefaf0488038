import { describe, expect, it } from "vitest";
import type { CallView } from "../api/types.ts";
import { call, over } from "../models/fixtures.ts";
import { layoutOf } from "./layout.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();

function ran(callId: string, from: number, to: number | null, more: Partial<CallView> = {}) {
  return call({
    callId,
    state: to === null ? "IN_FLIGHT" : "OK",
    workerId: "worker-1",
    queuedAt: at(0),
    dispatchedAt: at(from),
    startedAt: at(from),
    finishedAt: to === null ? null : at(to),
    ...more,
  });
}

const shape = (calls: CallView[], ...how: [Parameters<typeof layoutOf>[1], "rows" | "packed"]) =>
  layoutOf(calls, ...how).rows.map(({ group, bars }) =>
    [group, ...bars.map((bar) => bar.call.callId)].join(" "),
  );

describe("layoutOf", () => {
  it("should give each call a row below the heading of its group, first released first", () => {
    const calls = [ran("b", 5, 9), ran("a", 2, 3, { workerId: "worker-10" }), ran("c", 1, 4)];
    expect(shape(calls, "worker", "rows")).toEqual([
      "worker-1",
      "worker-1 c",
      "worker-1 b",
      "worker-10",
      "worker-10 a",
    ]);
  });

  it("should put what has no worker yet last, in the order of ids", () => {
    const calls = [call({ callId: "y" }), call({ callId: "x" }), ran("a", 1, 2)];
    expect(shape(calls, "worker", "rows").slice(2)).toEqual([
      "No worker yet",
      "No worker yet x",
      "No worker yet y",
    ]);
  });

  it("should pack calls that do not overlap into one row, and count who waits", () => {
    const calls = [ran("a", 1, 4), ran("b", 2, 3), ran("c", 4, 6), ran("d", 5, null)];
    expect(shape(calls, "worker", "packed")).toEqual(["worker-1", "worker-1 a d", "worker-1 b c"]);
    expect(layoutOf([...calls, call()], "worker", "packed").unplaced).toBe(1);
  });

  it("should never let two bars of a packed row overlap", () => {
    const calls = Array.from({ length: 500 }, (_, index) => {
      const from = (index * 7_919) % 997;
      return ran(`call-${index}`, from, index % 50 === 0 ? null : from + ((index * 31) % 60));
    });
    const { rows } = layoutOf(calls, "model", "packed");
    expect(rows.reduce((sum, { bars }) => sum + bars.length, 0)).toBe(500);
    for (const { bars } of rows)
      bars
        .slice(1)
        .forEach((bar, index) => expect(bar.from).toBeGreaterThanOrEqual(bars[index]?.to ?? 0));
  });

  it("should know the instants that it spans", () => {
    const { from, to } = layoutOf([ran("a", 1, 4), ran("b", 9, null)], "document", "rows");
    expect([from, to]).toEqual([Date.parse(at(0)), Date.parse(at(4))]);
    expect(layoutOf([], "document", "rows").from).toBeNull();
  });

  describe("with epochs", () => {
    const lost = over({ queuedAt: at(0), dispatchedAt: at(1), endedAt: at(5) });
    const again = ran("a", 9, 12, { epoch: 2, workerId: "worker-2", earlier: [lost] });

    it("should give a call one row, from the first time that it waited", () => {
      const { rows } = layoutOf([again], "worker", "rows");
      expect(rows[1]).toMatchObject({ group: "worker-2", bars: [{ from: Date.parse(at(0)) }] });
    });

    it("should pack each epoch with the worker that had it, and free the row between them", () => {
      const between = ran("b", 5, 9);
      expect(shape([again, between], "worker", "packed")).toEqual([
        "worker-1",
        "worker-1 a b",
        "worker-2",
        "worker-2 a",
      ]);
      expect(shape([again, between], "model", "packed").slice(1)).toEqual(["openai:gpt-5.1 a b a"]);
    });

    it("should keep one that waits again with its last worker, and count it", () => {
      const waits = call({ callId: "a", epoch: 2, queuedAt: at(5), earlier: [lost] });
      expect(shape([waits], "worker", "rows")[1]).toBe("worker-1 a");
      const { rows, unplaced } = layoutOf([waits], "worker", "packed");
      expect(rows[1]?.bars).toMatchObject([{ epoch: 1, to: Date.parse(at(5)) }]);
      expect(unplaced).toBe(1);
    });
  });
});
