// Runs that are there when the mock starts: every outcome, a long list, long names, a live big one.
import { FAULTS, draw, someFaults } from "./faults.mjs";
import { JudgedRun, judgedSpec } from "./judged.mjs";
import { past } from "./past.mjs";
import { planOf } from "./plan.mjs";
import { reEvaluationOf } from "./reevaluation.mjs";
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

const ORDERS = ["order-harbour-lighting.md", "order-school-meals.md", "order-archive-scans.md"];

const agoOf = (hours) => () => new Date(Date.now() - hours * 3_600_000).toISOString();

/** A judged run of the past: all of its calls end at once. */
function ended(run) {
  Object.assign(run.view, { status: "RUNNING", startedAt: run.at() });
  while (run.step());
  run.finish();
  return run;
}

/** A judged run, one that judged its documents again without what speaks to the judge, and one put away. */
function judged(ledger) {
  const first = ended(
    new JudgedRun(judgedSpec("Three orders, judged", ORDERS), ledger, { at: agoOf(1) }),
  );
  const again = reEvaluationOf(first, { mask: true }, ledger, { at: agoOf(0.5) });
  const away = new JudgedRun(judgedSpec("One order, judged", ORDERS.slice(0, 1)), ledger, {
    at: agoOf(80),
  });
  ended(away).archive();
  return [first, ended(again), away];
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
    ...judged(ledger),
    judging,
    big,
    slow,
    ...many,
  ];
}
