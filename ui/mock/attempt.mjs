// What becomes of an attempt: the answer, the failure, or another one.
import { sumOf } from "./call.mjs";
import { faultOf } from "./faults.mjs";
import { artifact } from "./plan.mjs";

const RETRY_USD = 0.0004;

/** Dispatched, taken by a worker, and attempted until it has ended. */
export async function runCall(run, call) {
  run.change(call, { state: "DISPATCHED", dispatchedAt: run.at(), reservedUsd: 0.041 });
  await run.wait(80);
  if (call.state !== "DISPATCHED") return;
  const deadlineAt = new Date(Date.now() + 600_000).toISOString();
  run.change(call, {
    state: "IN_FLIGHT",
    startedAt: run.at(),
    deadlineAt,
    workerId: `worker-${1 + (parseInt(call.callId.slice(0, 2), 16) % 3)}`,
  });
  const { epoch } = call;
  for (let attempt = 1; call.state === "IN_FLIGHT" && call.epoch === epoch; attempt++)
    await attemptOf(run, call, attempt);
}

/** One attempt of a call, with its ending or the announcement of the next one. */
async function attemptOf(run, call, attempt) {
  const { entry, scripted } = run.ledger.begin(
    `${call.callId}-${call.epoch}-${attempt}`,
    call.model,
    !run.ownFaults,
  );
  run.change(call, { attempt, attempts: call.attempts + 1, nextAttemptAt: null });
  run.diary.say("DEBUG", call, `request ${call.callId}-${call.epoch}-${attempt} sent`, run.at());
  run.diary.say("INFO", call, `attempt ${attempt} begins`, run.at());
  const parts = ["reading the order", "searching", "writing"];
  for (const [index, message] of parts.entries()) {
    await run.wait(250 + 300 * Math.random());
    if (call.state !== "IN_FLIGHT") break;
    if (call.callId < "8")
      run.change(call, { progress: { message, share: (index + 0.7) / 3, at: run.at() } });
  }
  const fault = scripted === null ? run.fault(call, attempt) : faultOf(scripted);
  run.ledger.end(entry, fault?.kind ?? "OK");
  if (call.state !== "IN_FLIGHT") return;
  if (fault === null) return succeed(run, call, attempt);
  run.change(call, { progress: null });
  const error = {
    kind: fault.kind,
    message: fault.message,
    httpStatus: fault.httpStatus,
    attempt,
    at: run.at(),
    active: true,
  };
  if (fault.final || attempt >= run.view.limits.maxAttempts) return fail(run, call, fault, error);
  const delay = (800 + 1600 * Math.random()) * run.slow;
  const retry = {
    epoch: call.epoch,
    attempt: attempt + 1,
    cause: fault.kind,
    message: fault.message,
    httpStatus: fault.httpStatus,
    delay: `PT${(delay / 1000).toFixed(1)}S`,
    remainingBudget: "PT9M50S",
    at: error.at,
  };
  const nextAttemptAt = new Date(Date.now() + delay).toISOString();
  const retriedUsd = (call.retriedByEpoch[call.epoch] ?? 0) + RETRY_USD;
  run.change(call, {
    lastError: error,
    retries: [...call.retries, retry],
    attempt: attempt + 1,
    nextAttemptAt,
    costUsd: call.costUsd + RETRY_USD,
    retriedByEpoch: { ...call.retriedByEpoch, [call.epoch]: retriedUsd },
  });
  const again = `attempt ${attempt} failed: ${fault.message}; the next follows in ${retry.delay}`;
  run.diary.say("WARN", call, again, run.at());
  await run.wait(delay / run.slow);
  if (call.state === "IN_FLIGHT") run.change(call, { lastError: { ...error, active: false } });
}

function succeed(run, call, attempt) {
  const inputTokens = 420 + (parseInt(call.callId.slice(0, 3), 16) % 400);
  const outputTokens = 260 + (parseInt(call.callId.slice(3, 6), 16) % 500);
  const text = `# Briefing: ${call.document}\n\nThe office asks for three quotations by 15 March and awards the work by 30 April.\nWork on a quay starts only after the fishing cooperative has been told 10 days before.\n`;
  const usage = { inputTokens, outputTokens, reasoningTokens: 64, cachedTokens: 0 };
  const output = artifact(text);
  run.change(call, {
    state: "OK",
    finishedAt: run.at(),
    nextAttemptAt: null,
    progress: null,
    reservedUsd: 0,
    preview: text,
    usage: sumOf(call.usage, usage),
    output,
    result: { kind: "document", output, preview: text, suspicions: [] },
    costUsd: call.costUsd + Math.round((inputTokens * 1.25 + outputTokens * 10) * 1000) / 1e9,
    artifacts: ["REQUEST", "RESPONSE", "OUTPUT"].map((role) => ({
      role,
      epoch: call.epoch,
      attempt,
      ref: role === "OUTPUT" ? output : artifact(`${role} ${text}`),
    })),
  });
  run.diary.say("INFO", call, `done: ${outputTokens} tokens out, finish reason stop`, run.at());
}

function fail(run, call, fault, lastError) {
  const timedOut = fault.kind === "ATTEMPT_TIMEOUT";
  run.diary.say("ERROR", call, `gave up: ${fault.message}`, run.at());
  run.change(call, {
    reservedUsd: 0,
    progress: null,
    state: timedOut ? "TIMED_OUT" : "FAILED",
    finishedAt: lastError.at,
    nextAttemptAt: null,
    lastError: timedOut ? { ...lastError, kind: "TIMED_OUT" } : lastError,
    enforcedBy: timedOut ? "WATCHDOG" : null,
    enforcedAt: timedOut ? run.at() : null,
    artifacts: [
      {
        role: "REQUEST",
        epoch: call.epoch,
        attempt: lastError.attempt,
        ref: artifact(`request ${call.callId}`),
      },
    ],
  });
}
