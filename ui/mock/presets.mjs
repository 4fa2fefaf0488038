// Runs that are there when the mock starts: every outcome, a long list, long names, a live big one.
import { FAULTS } from "./faults.mjs";
import { JudgedRun, judgedSpec } from "./judged.mjs";
import { planOf } from "./plan.mjs";
import { Run } from "./run.mjs";

const MODELS = ["openai:gpt-5.1", "openai:gpt-5-mini", "openai-compatible:llama-3.3-70b"];

function spec(name, documents, models, iterations, limits) {
  return planOf({
    name,
    documents: documents.map((each) => ({ name: each, content: `text of ${each}` })),
    instructions: "Write a briefing note.",
    generation: {
      models: models.map((model) => ({
        model,
        iterations,
        maxOutputTokens: 8000,
        grounding: "OFF",
        reasoning: "OFF",
      })),
    },
    limits,
  });
}

const names = (count, prefix = "executive-order") =>
  Array.from({ length: count }, (_, index) => `${prefix}-${14000 + index}.md`);

/** A fixed draw from the id, so that a reload of the mock shows the same kinds of trouble. */
const draw = (call, salt) => (parseInt(call.callId.slice(salt, salt + 4), 16) % 1000) / 1000;

function someFaults(call, attempt) {
  const x = draw(call, 8);
  if (x < 0.16 && attempt === 1) return FAULTS["rate-limit"];
  if (x < 0.22 && attempt <= 2) return FAULTS.overloaded;
  if (x < 0.25) return FAULTS["server-error"];
  if (x < 0.27) return FAULTS.timeout;
  return x < 0.28 ? FAULTS.refused : null;
}

/** A run of the past: each call gets its whole story at once. */
function past(
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
      run.change(call, {
        state: index > stopAfter + 4 ? "SKIPPED" : "CANCELLED",
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
        lastError,
        costUsd: 0.0049 + 0.0004 * retries.length,
        preview: "# Briefing\n\nThe order asks for three quotations.",
      });
      return;
    }
    if (wrong.final || attempt === 3) {
      const state = wrong.kind === "ATTEMPT_TIMEOUT" ? "TIMED_OUT" : "FAILED";
      run.change(call, {
        ...base,
        state,
        attempt,
        attempts: attempt,
        retries,
        lastError: { ...error, active: true },
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

const ORDERS = ["order-harbour-lighting.md", "order-school-meals.md", "order-archive-scans.md"];

/** A judged run of the past: all of its calls end at once. */
function judged(ledger, hoursAgo) {
  const at = () => new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
  const run = new JudgedRun(judgedSpec("Three orders, judged", ORDERS), ledger, { at });
  Object.assign(run.view, { status: "RUNNING", startedAt: at() });
  while (run.step());
  run.finish("COMPLETED");
  return run;
}

export function preset(ledger) {
  const long =
    "A comparison of the executive orders of the first quarter with an unusually long name that nobody would shorten, third repetition, final-final";
  const hundred = names(
    100,
    "a-document-with-a-rather-long-file-name-as-people-have-them-in-their-shared-folders",
  );
  const big = new Run(
    spec(
      "Ten thousand calls",
      names(1000),
      MODELS.concat("openai:o4-mini", "openai:gpt-5.1-codex"),
      2,
      { concurrency: 60, maxPaidCalls: 20000, maxCostUsd: 80 },
    ),
    ledger,
    { fault: someFaults, slow: 2 },
  );
  const slow = new Run(
    spec("Slow providers, many retries", names(8), MODELS, 2, { concurrency: 14 }),
    ledger,
    {
      slow: 14,
      fault: (call, attempt) =>
        draw(call, 8) < 0.6 && attempt === 1
          ? FAULTS["rate-limit"]
          : draw(call, 8) < 0.3
            ? FAULTS.overloaded
            : null,
    },
  );
  const many = Array.from({ length: Number(process.env.MOCK_RUNS ?? 0) }, (_, index) =>
    past(ledger, 300 + index * 2, spec(`Nightly ${index + 1}`, names(2), MODELS, 1), {
      fault: index % 7 === 0 ? someFaults : undefined,
    }),
  );
  const judging = new JudgedRun(judgedSpec("Three orders, being judged", ORDERS), ledger);
  judging.start();
  big.start();
  slow.start();
  return [
    past(ledger, 290, spec("First try", names(2), MODELS.slice(0, 1), 1)),
    past(ledger, 52, spec("Wrong key", names(3), MODELS, 2), { fault: () => FAULTS.auth }),
    past(ledger, 30, spec("Weekly digest", names(12), MODELS, 2), {
      outcome: "CANCELLED",
      stopAfter: 31,
    }),
    past(ledger, 26, spec("Budget of one dollar", names(40), MODELS, 2), {
      outcome: "BUDGET_EXHAUSTED",
      stopAfter: 180,
    }),
    past(ledger, 7, spec(long, hundred, MODELS, 2, { maxCostUsd: 3 }), { fault: someFaults }),
    past(ledger, 2, spec("Three orders, three models", names(3), MODELS, 2), {
      fault: (call, attempt) =>
        attempt === 1 && draw(call, 8) < 0.3 ? FAULTS["rate-limit"] : null,
    }),
    judged(ledger, 1),
    judging,
    big,
    slow,
    ...many,
  ];
}
