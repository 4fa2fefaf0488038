// The frozen specification that a submission becomes.
import { createHash } from "node:crypto";

export const sha = (text) => createHash("sha256").update(text).digest("hex");

const texts = new Map();

/** A text that is kept under its digest. */
export function artifact(text) {
  const sha256 = sha(text);
  texts.set(sha256, text);
  return { sha256, size: Buffer.byteLength(text), mediaType: "text/markdown" };
}

/** Undefined when there is no such text. */
export const textOf = (sha256) => texts.get(sha256);

export function planOf(submission) {
  const limits = {
    callDeadline: "PT10M",
    attemptTimeout: "PT5M",
    maxAttempts: 3,
    queueTtl: "PT1H",
    runDeadline: "PT2H",
    maxPaidCalls: 500,
    maxCostUsd: 5,
    concurrency: 6,
    onWorkerLost: "RETRY_ONCE",
    priority: "NORMAL",
    weight: 1,
    ...submission.limits,
  };
  return {
    name: submission.name,
    documents: submission.documents.map(({ name, content }) => ({
      name,
      artifact: artifact(content),
    })),
    instructions: artifact(submission.instructions ?? ""),
    generation: submission.generation,
    limits,
    evaluation: submission.evaluation ?? null,
    combine: submission.combine ?? null,
    reuse: null,
  };
}
