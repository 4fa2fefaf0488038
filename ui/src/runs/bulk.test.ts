import { describe, expect, it } from "vitest";
import { run } from "../models/fixtures.ts";
import { appliesTo, askAll, confirmation, isTold, outcomeText } from "./bulk.ts";

const RUNS = ["a", "b", "c", "d", "e", "f"].map((name) =>
  run({ runId: name, name, status: "FINISHED" }),
);

describe("askAll", () => {
  it("should ask for every run, a few at a time, and list what was refused by run", async () => {
    let under = 0;
    let most = 0;
    const asked: string[] = [];
    const outcome = await askAll(
      "delete",
      RUNS,
      async (_action, { runId }) => {
        most = Math.max(most, ++under);
        asked.push(runId);
        await Promise.resolve();
        under--;
        if (runId === "b" || runId === "e") throw new Error(`not ${runId}`);
      },
      (error) => (error as Error).message,
    );
    expect(asked).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(most).toBe(4);
    expect(outcome.accepted.map(({ runId }) => runId)).toEqual(["a", "c", "d", "f"]);
    expect(outcome.refused.map(({ run: { runId }, reason }) => [runId, reason])).toEqual([
      ["b", "not b"],
      ["e", "not e"],
    ]);
    expect(outcomeText(outcome, 0)).toBe("4 of 6 runs were deleted.");
  });
});

describe("what applies to a run", () => {
  it("should delete only what has ended, and cancel only what has not", () => {
    const [ended, running] = [run({ status: "FINISHED" }), run()];
    expect([appliesTo("delete", ended), appliesTo("delete", running)]).toEqual([true, false]);
    expect([appliesTo("cancel", ended), appliesTo("cancel", running)]).toEqual([false, true]);
    expect(appliesTo("cancel", run({ status: "CANCELLING" }))).toBe(false);
  });

  it("should want the name of one run, or the number of several", () => {
    expect(confirmation(RUNS.slice(0, 1))).toBe("a");
    expect(confirmation(RUNS)).toBe("delete 6 runs");
  });

  it("should be told only when the list has changed", () => {
    const [ended] = RUNS;
    expect(isTold("archive", ended)).toBe(false);
    expect(isTold("archive", undefined)).toBe(true);
    expect(isTold("cancel", run())).toBe(false);
    expect(isTold("cancel", run({ status: "CANCELLING" }))).toBe(true);
  });
});

describe("outcomeText", () => {
  it("should not say done before the log has told it", () => {
    const outcome = { action: "archive", accepted: RUNS.slice(0, 2), refused: [] } as const;
    expect(outcomeText(outcome, 1)).toContain("the log has not told it of 1 yet");
    expect(outcomeText(outcome, 0)).toBe("2 runs were archived.");
    expect(outcomeText({ ...outcome, accepted: RUNS.slice(0, 1) }, 0)).toBe("1 run was archived.");
  });
});
