import type { CallView } from "../api/types.ts";
import type { Facts } from "./events.ts";
import type { CostPart, NumberName } from "./numbers.ts";

/** What the epochs of a call have used, event by event, as the fold of the server has it. */

export type Spend = NonNullable<Facts["spend"]>;

/** An epoch that has begun has sent one request, until more is told of it. */
const STARTED: Spend = { attempts: 1, costUsd: 0, inputTokens: 0, outputTokens: 0 };

export function spendAfter(before: Spend | null, { type, spend }: Facts): Spend | null {
  if (type === "call-started") return before ?? STARTED;
  if (spend === null) return null;
  if (before === null || before === STARTED) return spend;
  return {
    attempts: Math.max(before.attempts, spend.attempts),
    costUsd: Math.max(before.costUsd, spend.costUsd),
    inputTokens: Math.max(before.inputTokens, spend.inputTokens),
    outputTokens: Math.max(before.outputTokens, spend.outputTokens),
  };
}

export function measureOf(number: NumberName): keyof Spend {
  if (number === "attempts" || number === "inputTokens" || number === "outputTokens") return number;
  return "costUsd";
}

/** To which part of the cost belongs what the event tells beyond what was told before. */
export function partOf(facts: Facts, call: CallView): CostPart {
  const current = facts.epoch === call.epoch;
  const ended = current ? call.finishedAt !== null : String(facts.epoch) in call.earlierEnds;
  const late = call.late.some(({ epoch }) => epoch === facts.epoch);
  if (!ended && current) return "retriedUsd";
  if (!ended) return late ? "lateUsd" : "orphanedUsd";
  if (facts.type === "call-retried") return "retriedUsd";
  if (late) return "lateUsd";
  if (facts.ends !== "OK") return "failedUsd";
  return current ? "succeededUsd" : "replacedUsd";
}
