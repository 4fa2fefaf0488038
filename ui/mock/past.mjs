// Runs of the past: what has become of them is told at once.
import { endedFor } from "./facts.mjs";
import { draw } from "./faults.mjs";
import { artifact } from "./plan.mjs";
import { Run } from "./run.mjs";

/** A run of the past: each call gets its whole story at once. */
export function past(
  ledger,
  hoursAgo,
  specification,
  { fault = () => null, outcome = null, stopAfter = Infinity } = {},
) {
  let clock = Date.now() - hoursAgo * 3_600_000;
  const run = new Run(specification, ledger, { at: () => new Date(clock).toISOString() });
  const begin = clock;
  Object.assign(run.view, { status: "RUNNING", startedAt: run.at() });
  let index = 0;
  for (const call of run.calls.values()) {
    clock = begin + Math.floor(index / 6) * 40_000 + 9_000;
    if (index++ >= stopAfter) {
      const state = index > stopAfter + 4 ? "SKIPPED" : "CANCELLED";
      run.change(call, {
        state,
        lastError: brokenOff(state, outcome, run.at()),
        savedUsd: outcome === "BUDGET_EXHAUSTED" ? 0 : 0.0049,
        finishedAt: run.at(),
      });
      continue;
    }
    story(run, call, clock, fault);
  }
  clock += 60_000;
  run.diary.say("INFO", null, "all calls have ended", run.at());
  run.finish(outcome);
  return run;
}

function brokenOff(state, outcome, at) {
  if (state === "CANCELLED") return endedFor("CANCELLED", "asked in the browser", at, 1);
  return outcome === "BUDGET_EXHAUSTED"
    ? endedFor("BUDGET", "the run has no money left", at)
    : endedFor("RUN_CANCELLED", "asked in the browser", at);
}

function story(run, call, from, fault) {
  const at = (ms) => new Date(from + ms).toISOString();
  const base = {
    dispatchedAt: at(0),
    startedAt: at(60),
    deadlineAt: at(600_060),
    workerId: "worker-1",
    finishedAt: at(15_000 + draw(call, 4) * 240_000),
  };
  const retries = [];
  for (let attempt = 1; ; attempt++) {
    const wrong = fault(call, attempt);
    const error = wrong && {
      kind: wrong.kind,
      message: wrong.message,
      httpStatus: wrong.httpStatus,
      attempt,
      at: at(5_000 * attempt),
    };
    if (wrong === null) {
      const preview = "# Briefing\n\nThe order asks for three quotations.";
      const output = artifact(preview);
      const usage = { inputTokens: 640, outputTokens: 410, reasoningTokens: 64, cachedTokens: 0 };
      const lastError =
        retries.length === 0
          ? null
          : {
              kind: retries.at(-1).cause,
              message: retries.at(-1).message,
              httpStatus: retries.at(-1).httpStatus,
              attempt: attempt - 1,
              at: at(5_000),
              active: false,
            };
      for (const retry of retries) run.diary.say("WARN", call, retry.message, retry.at);
      run.diary.say("INFO", call, `done after attempt ${attempt}`, base.finishedAt);
      run.change(call, {
        ...base,
        retriedByEpoch: retries.length === 0 ? {} : { 1: 0.0004 * retries.length },
        state: "OK",
        attempt,
        attempts: attempt,
        retries,
        usage,
        output,
        result: { kind: "document", output, preview, suspicions: [] },
        lastError,
        costUsd: 0.0049 + 0.0004 * retries.length,
        preview,
      });
      return;
    }
    if (wrong.final || attempt === 3) {
      const timedOut = wrong.kind === "ATTEMPT_TIMEOUT";
      const kind = timedOut ? "TIMED_OUT" : wrong.kind;
      run.change(call, {
        ...base,
        state: timedOut ? "TIMED_OUT" : "FAILED",
        attempt,
        attempts: attempt,
        retries,
        lastError: { ...error, kind, at: base.finishedAt, active: true },
      });
      return;
    }
    retries.push({
      epoch: 1,
      attempt: attempt + 1,
      cause: wrong.kind,
      message: wrong.message,
      httpStatus: wrong.httpStatus,
      delay: "PT1.2S",
      remainingBudget: "PT9M",
      at: at(5_000 * attempt),
    });
  }
}
