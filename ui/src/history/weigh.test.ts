import { describe, expect, it } from "vitest";
import { call } from "../models/fixtures.ts";
import { fingerprintOf } from "../models/failures.ts";
import { AT, event, heldOf, spend } from "./fixtures.ts";
import type { NumberSource } from "./numbers.ts";
import { weigh } from "./weigh.ts";

const ok = (overrides = {}) => call({ state: "OK", finishedAt: AT, attempt: 1, ...overrides });

function weights(source: NumberSource, events: ReturnType<typeof event>[], held = heldOf([ok()])) {
  return weigh(source, events, held).items.map(({ weight }) =>
    "adds" in weight ? weight.adds : weight.aside,
  );
}

describe("weigh", () => {
  it("should count the end that decided and set a second one aside as late", () => {
    const events = [event("call-succeeded", 5), event("call-succeeded", 6)];
    expect(weights({ number: "ok" }, events)).toEqual([1, "late"]);
  });

  it("should set aside an end that the call's view names as late, although it came first", () => {
    const late = { eventId: "e", type: "call-succeeded", epoch: 1, attempt: 1, at: AT };
    const held = heldOf([ok({ state: "TIMED_OUT", late: [late] })]);
    expect(weights({ number: "ok" }, [event("call-succeeded", 9)], held)).toEqual(["late"]);
    expect(weights({ number: "timedOut" }, [event("call-timed-out", 8)], held)).toEqual([1]);
  });

  it("should set aside the failure of an epoch that was run again", () => {
    const held = heldOf([ok({ epoch: 2 })]);
    const events = [event("call-failed", 5), event("call-succeeded", 9, { epoch: 2 })];
    expect(weights({ number: "failed" }, events.slice(0, 1), held)).toEqual(["superseded"]);
    expect(weights({ number: "ended" }, events, held)).toEqual(["superseded", 1]);
  });

  it("should set aside what is newer than the number and what the page does not know", () => {
    const events = [event("call-succeeded", 1_001), event("call-succeeded", 7, {}, "call-9")];
    expect(weights({ number: "ok" }, events)).toEqual(["ahead", "unknown"]);
  });

  it("should set aside the calls of another phase, model or worker", () => {
    const held = heldOf([ok({ workerId: "worker-2" })]);
    const source: NumberSource = { number: "ok", worker: "worker-1" };
    expect(weights(source, [event("call-succeeded", 7)], held)).toEqual(["other"]);
  });

  it("should count each announced retry once", () => {
    const events = [
      event("call-retried", 3, { attempt: 2 }),
      event("call-retried", 4, { attempt: 3 }),
      event("call-retried", 5, { attempt: 3 }),
    ];
    expect(weights({ number: "retries" }, events)).toEqual([1, 1, "again"]);
  });

  it("should add of absolute spend only what was not told before, epoch by epoch", () => {
    const events = [
      event("call-retried", 3, { attempt: 2, ...spend(0.25) }),
      event("call-failed", 4, { ...spend(0.75, 2) }),
      event("call-failed", 5, { ...spend(0.5, 2) }),
      event("call-succeeded", 9, { epoch: 2, ...spend(1) }),
    ];
    const held = heldOf([ok({ epoch: 2, earlierEnds: { "1": "e" } })]);
    expect(weights({ number: "costUsd" }, events, held)).toEqual([0.25, 0.5, "again", 1]);
  });

  it("should take one request for a started epoch until more is told", () => {
    const events = [
      event("call-started", 2),
      event("call-retried", 3, spend(0.1, 1)),
      event("call-succeeded", 4, spend(0.2, 2)),
    ];
    expect(weights({ number: "attempts" }, events)).toEqual([1, "again", 1]);
    const none = [event("call-started", 2), event("call-failed", 3, spend(0, 0))];
    expect(weights({ number: "attempts" }, none)).toEqual([1, -1]);
  });

  it("should divide the cost into the parts that the server tells", () => {
    const events = [
      event("call-retried", 3, { attempt: 2, ...spend(0.25) }),
      event("call-failed", 4, spend(0.75)),
      event("call-handed-back", 6, { epoch: 2, ...spend(0.5) }),
      event("call-succeeded", 9, { epoch: 3, ...spend(1) }),
    ];
    const held = heldOf([ok({ epoch: 3, earlierEnds: { "1": "e" } })]);
    const sum = (number: NumberSource["number"]) => weigh({ number }, events, held).sum;
    expect(sum("retriedUsd")).toBe(0.25);
    expect(sum("failedUsd")).toBe(0.5);
    expect(sum("orphanedUsd")).toBe(0.5);
    expect(sum("succeededUsd")).toBe(1);
    expect(sum("costUsd")).toBe(2.25);
  });

  it("should count a success that was run anew as replaced, and an epoch with a late end as late", () => {
    const events = [event("call-succeeded", 3, spend(1))];
    const anew = heldOf([call({ epoch: 2, earlierEnds: { "1": "e" } })]);
    expect(weights({ number: "replacedUsd" }, events, anew)).toEqual([1]);
    const late = [{ eventId: "l", type: "call-succeeded", epoch: 1, attempt: 0, at: AT }];
    const lost = heldOf([ok({ epoch: 2, late })]);
    expect(weights({ number: "lateUsd" }, events, lost)).toEqual([1]);
    expect(weights({ number: "orphanedUsd" }, events, lost)).toEqual([]);
  });

  it("should find the event after which a call waits, also when its worker was lost", () => {
    const events = [event("call-queued", 1), event("call-orphaned", 4)];
    const waiting = heldOf([call({ state: "DISPATCHED", epoch: 2 })]);
    expect(weights({ number: "queued" }, events, waiting)).toEqual(["superseded", 1]);
    const started = heldOf([call({ state: "IN_FLIGHT", epoch: 2 })]);
    expect(weights({ number: "queued" }, events, started)).toEqual(["superseded", "moved-on"]);
    expect(weights({ number: "planned" }, events.slice(0, 1), started)).toEqual([1]);
  });

  it("should count a call in flight by the start of its epoch", () => {
    const events = [event("call-started", 2), event("call-started", 5, { epoch: 2 })];
    const held = heldOf([call({ state: "IN_FLIGHT", epoch: 2 })]);
    expect(weights({ number: "inFlight" }, events, held)).toEqual(["superseded", 1]);
    expect(weights({ number: "inFlight" }, events.slice(0, 1))).toEqual(["moved-on"]);
  });

  it("should count what a skipped call would have cost, and nothing when it saved nothing", () => {
    const held = heldOf([ok({ state: "SKIPPED", savedUsd: 0.5 })]);
    expect(weights({ number: "savedUsd" }, [event("call-skipped", 2)], held)).toEqual([0.5]);
    const free = heldOf([ok({ state: "SKIPPED" })]);
    expect(weights({ number: "savedUsd" }, [event("call-skipped", 2)], free)).toEqual(["other"]);
  });

  it("should tell standing errors from mended ones by their fingerprint", () => {
    const failure = fingerprintOf("RATE_LIMITED", "slow down");
    const retried = { attempt: 2, cause: "RATE_LIMITED", message: "slow down" };
    const events = [
      event("call-retried", 3, retried),
      event("call-failed", 5, { attempt: 2, kind: "SERVER_ERROR", message: "no" }),
    ];
    const mended = heldOf([ok()]);
    expect(weights({ number: "mended", failure }, events, mended)).toEqual([1]);
    expect(weights({ number: "failures", failure }, events, mended)).toEqual([1]);
    expect(weights({ number: "standing", failure }, events, mended)).toEqual(["superseded"]);
    const lastError = {
      kind: "RATE_LIMITED",
      message: "slow down",
      httpStatus: null,
      attempt: 1,
      at: AT,
      active: true,
    };
    const standing = heldOf([call({ state: "IN_FLIGHT", lastError })]);
    expect(weights({ number: "standing", failure }, events, standing)).toEqual([1]);
    expect(weights({ number: "mended", failure }, events, standing)).toEqual([]);
  });
});
