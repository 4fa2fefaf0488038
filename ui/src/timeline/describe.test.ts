import { describe as about, expect, it } from "vitest";
import { call, over } from "../models/fixtures.ts";
import { describe } from "./describe.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();
const ms = (seconds: number) => Date.parse(at(seconds));

const shown = call({
  epoch: 2,
  earlier: [over({ dispatchedAt: at(10), startedAt: at(11), endedAt: at(30) })],
  ...{ state: "OK", attempt: 1, queuedAt: at(30) },
  ...{ dispatchedAt: at(32), startedAt: at(32), finishedAt: at(60) },
});

about("a bar in words", () => {
  it("should tell all epochs of a call that has one bar", () => {
    expect(describe({ call: shown, from: ms(0), to: ms(60) }, ms(99))).toBe(
      "eo-14265.md, openai:gpt-5.1, iteration 1: ok, 1 m. In the queue 10 s; " +
        "Waits for a worker 1 s; Attempt 1, lost with its worker 19 s; In the queue 2 s; " +
        "Attempt 1, ok 28 s",
    );
  });

  it("should tell of an earlier epoch which one it is, and nothing of the others", () => {
    expect(describe({ call: shown, epoch: 1, from: ms(10), to: ms(30) }, ms(99))).toBe(
      "eo-14265.md, openai:gpt-5.1, iteration 1: epoch 1 of 2, 20 s. In the queue 10 s; " +
        "Waits for a worker 1 s; Attempt 1, lost with its worker 19 s",
    );
  });
});
