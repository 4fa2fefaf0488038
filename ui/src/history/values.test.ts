import { describe, expect, it } from "vitest";
import { fingerprintOf } from "../models/failures.ts";
import { call, run, stats } from "../models/fixtures.ts";
import { AT, heldOf } from "./fixtures.ts";
import type { CounterName } from "./numbers.ts";
import { contribution } from "../models/contribution.ts";
import { valueOf } from "./values.ts";

describe("valueOf", () => {
  const COUNTERS: CounterName[] = ["planned", "queued", "inFlight", "ok", "failed", "timedOut"];
  const held = heldOf(
    [
      call({ callId: "a", state: "OK", finishedAt: AT, workerId: "w", costUsd: 1, attempts: 2 }),
      call({ callId: "b", state: "FAILED", finishedAt: AT, workerId: "w" }),
      call({ callId: "c", state: "DISPATCHED", model: "openai:o4-mini" }),
      call({ callId: "d", state: "STRAY", phase: null, model: null }),
    ],
    {
      stats: stats({ planned: 9, ok: 1 }),
      byPhase: { GENERATION: stats({ planned: 8 }) },
      byModel: { "openai:gpt-5.1": stats({ planned: 7 }) },
    },
  );

  it("should take the counters of the run, the phase and the model as the server tells them", () => {
    expect(valueOf({ number: "planned" }, held)).toBe(9);
    expect(valueOf({ number: "planned", phase: "GENERATION" }, held)).toBe(8);
    expect(valueOf({ number: "planned", model: "openai:gpt-5.1" }, held)).toBe(7);
    expect(valueOf({ number: "planned", phase: "PAIRWISE" }, held)).toBeNull();
  });

  it("should add up the calls where nobody counts for it: workers, and a model in a phase", () => {
    const model = "openai:gpt-5.1";
    expect(valueOf({ number: "ended", worker: "w" }, held)).toBe(2);
    expect(valueOf({ number: "bad", worker: "w" }, held)).toBe(1);
    expect(valueOf({ number: "costUsd", worker: "w" }, held)).toBe(1);
    expect(valueOf({ number: "planned", phase: "GENERATION", model }, held)).toBe(2);
    expect(valueOf({ number: "attempts", phase: "GENERATION", model }, held)).toBe(2);
  });

  it("should put each call into exactly one of the counters of I1", () => {
    for (const each of held.calls.values()) {
      if (each.state === "STRAY") continue;
      const parts = COUNTERS.filter((name) => name !== "planned").map((name) =>
        contribution(each, name),
      );
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(contribution(each, "planned"));
    }
  });

  it("should tell the errors of a fingerprint, and none when there is no such error", () => {
    const lastError = {
      kind: "AUTH",
      message: "no key",
      httpStatus: 401,
      attempt: 1,
      at: AT,
      active: true,
    };
    const failing = heldOf([call({ state: "FAILED", finishedAt: AT, lastError })]);
    const failure = fingerprintOf("AUTH", "no key");
    expect(valueOf({ number: "standing", failure }, failing)).toBe(1);
    expect(valueOf({ number: "mended", failure }, failing)).toBe(0);
    expect(valueOf({ number: "failures", failure: "e0" }, failing)).toBeNull();
    expect(valueOf({ number: "failures" }, failing)).toBeNull();
  });

  it("should take a part of the cost that an older gateway does not tell as nothing", () => {
    expect(valueOf({ number: "replacedUsd" }, { run: run(), calls: new Map() })).toBe(0);
  });
});
