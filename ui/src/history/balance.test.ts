import { describe, expect, it } from "vitest";
import { call, stats } from "../models/fixtures.ts";
import { balanceOf } from "./balance.ts";
import { AT, event, heldOf, spend } from "./fixtures.ts";
import { weigh } from "./weigh.ts";
import type { NumberSource } from "./numbers.ts";

const ok = (overrides = {}) => call({ state: "OK", finishedAt: AT, attempt: 1, ...overrides });

function balance(
  value: number,
  source: NumberSource,
  events: ReturnType<typeof event>[],
  held = heldOf([ok()]),
) {
  return balanceOf(value, weigh(source, events, held), source, held);
}

describe("balanceOf", () => {
  it("should agree when the events add up to the number", () => {
    expect(balance(1, { number: "ok" }, [event("call-succeeded", 5)])).toEqual({
      agrees: true,
      told: "1 event adds up to 1",
      reasons: [],
    });
  });

  it("should agree about sums of money that differ in the last bit alone", () => {
    const calls = ["a", "b", "c"].map((callId) => ok({ callId }));
    const events = calls.map(({ callId }, at) =>
      event("call-succeeded", at + 1, spend(0.1), callId),
    );
    expect(balance(0.3, { number: "costUsd" }, events, heldOf(calls)).agrees).toBe(true);
  });

  it("should explain events of the same type that do not count", () => {
    const events = [event("call-failed", 3), event("call-failed", 9, { epoch: 2 })];
    const held = heldOf([ok({ state: "FAILED", epoch: 2 })]);
    const { agrees, reasons } = balance(1, { number: "failed" }, events, held);
    expect(agrees).toBe(true);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(/^1 event of an earlier epoch/);
  });

  it("should say that the page is behind when the log has more", () => {
    const { agrees, reasons } = balance(0, { number: "ok" }, [event("call-succeeded", 5)]);
    expect(agrees).toBe(false);
    expect(reasons).toEqual(["1 more in the log than the number tells: the page is behind it"]);
  });

  it("should tell planned calls of which nothing was said yet", () => {
    const held = heldOf([call()], { stats: stats({ planned: 3, queued: 3 }) });
    const { reasons } = balance(3, { number: "planned" }, [event("call-queued", 1)], held);
    expect(reasons).toEqual(["2 calls planned of which the log says nothing yet"]);
  });

  it("should tell that others may have ended what a worker held", () => {
    const held = heldOf([ok({ workerId: "w" })]);
    const { reasons } = balance(1, { number: "ended", worker: "w" }, [], held);
    expect(reasons[0]).toMatch(/^1 told by others than this worker/);
  });

  it("should tell what the table of events does not have yet", () => {
    expect(balance(0.5, { number: "costUsd" }, []).reasons).toEqual([
      "$0.5000 of which no event is in the table yet: it follows the stream",
    ]);
  });
});
