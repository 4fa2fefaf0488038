// A run with judges: documents, scores, comparisons, combined documents and a winner for each source.
import { hasEnded, spentEarlier, sumOf } from "./call.mjs";
import { endedFor } from "./facts.mjs";
import { AUTHORS, JUDGES, draw, preferenceOf, scoresOf } from "./judging.mjs";
import { artifact, planOf } from "./plan.mjs";
import { Run } from "./run.mjs";
import { sourceOf } from "./source.mjs";
import { RUBRIC, documentText } from "./texts.mjs";
import { takenOver, writtenBy } from "./written.mjs";

/** So many of its steps a run that is being judged makes at once. */
const PER_TICK = 3;

export function judgedSpec(name, documents, limits = {}) {
  const author = (model, iterations) => ({
    model,
    iterations,
    maxOutputTokens: 8000,
    grounding: "OFF",
    reasoning: "OFF",
  });
  return planOf({
    name,
    documents: documents.map((each) => ({ name: each, content: documentText(each, "source") })),
    instructions: "Write a briefing note of at most 200 words about the order below.",
    generation: { models: AUTHORS.map((model) => author(model, 2)) },
    limits: { maxPaidCalls: 1000, maxCostUsd: 20, ...limits },
    evaluation: {
      rubric: RUBRIC,
      judges: JUDGES.map((model) => ({ model, maxOutputTokens: 4000, reasoning: "ALLOWED" })),
      iterations: 2,
      judging: artifact("Judge as an editor would."),
      pairwise: { topN: 4, order: "BOTH", ties: true, earlyStop: true },
      seed: 20260115,
    },
    combine: {
      instructions: artifact("Combine the best of both."),
      models: [author("openai:gpt-5.1", 1), author("anthropic:claude-opus-4.1", 1)],
    },
  });
}

export class JudgedRun extends Run {
  isJudged = true;

  /** Ends the next calls, and plans what follows from them; false when nothing is left. */
  step() {
    for (let done = 0; done < PER_TICK; done++) {
      const next = [...this.calls.values()].find(({ state }) => state === "QUEUED");
      if (next === undefined) return this.#planNext() && this.step();
      this.#end(next);
      if (next.phase === "GENERATION") this.#judge(next);
    }
    this.view.phases = [...new Set(this.#open().map(({ phase }) => phase))];
    return true;
  }

  start() {
    super.start();
    const timer = setInterval(
      () => {
        if (this.view.status === "FINISHED") clearInterval(timer);
        if (this.view.status !== "RUNNING") return;
        if (this.step() === false) clearInterval(timer);
      },
      Number(process.env.MOCK_JUDGE_MS ?? 400),
    );
  }

  /** Its calls end by steps, not by attempts. */
  fill() {
    const idle = this.#open().length === 0;
    if (idle && this.view.status === "RUNNING" && this.#planNext() === false) this.finish();
  }

  #open() {
    return [...this.calls.values()].filter((call) => !hasEnded(call));
  }

  #judge(document) {
    if (document.state !== "OK") return;
    for (const { model } of this.view.spec.evaluation.judges)
      for (let i = 1; i <= this.view.spec.evaluation.iterations; i++)
        this.plan({ name: document.document }, model, i, "SINGLE_EVAL", [document.callId]);
  }

  /** The next phase of every source; false when there is none. */
  #planNext() {
    let planned = false;
    for (const { name } of this.view.spec.documents) planned = this.#planSource(name) || planned;
    return planned;
  }

  #planSource(name) {
    const of = (phase) =>
      [...this.calls.values()].filter((c) => c.document === name && c.phase === phase);
    const view = sourceOf(this, name);
    if (of("PAIRWISE").length === 0)
      return this.#compare(
        name,
        view.scores.slice(0, 4).map((each) => each.document),
        "PAIRWISE",
      );
    const best = view.pairwise.ranking.rows.slice(0, 2).map((row) => row.document);
    if (of("COMBINE").length === 0) {
      for (const { model } of this.view.spec.combine.models)
        this.plan({ name }, model, 1, "COMBINE", best);
      return true;
    }
    if (of("POST_COMBINE").length > 0) return false;
    return this.#compare(name, [...best, ...of("COMBINE").map((c) => c.callId)], "POST_COMBINE");
  }

  #compare(name, ids, phase) {
    for (let a = 0; a < ids.length; a++)
      for (let b = 0; b < ids.length; b++)
        if (a !== b)
          for (const { model } of this.view.spec.evaluation.judges)
            for (let i = 1; i <= this.view.spec.evaluation.iterations; i++)
              this.plan({ name }, model, i, phase, [ids[a], ids[b]]);
    return true;
  }

  #end(call) {
    const { phase, callId, epoch, iteration } = call;
    const at = this.at();
    const started = { finishedAt: at, attempt: 1 };
    if (phase === "PAIRWISE" && iteration === 2 && draw("settled", callId) < 0.55)
      return this.change(call, {
        state: "SKIPPED",
        finishedAt: at,
        savedUsd: SAVED_USD,
        lastError: endedFor("SETTLED", "the question was settled without it", at),
      });
    const reused = this.reusedFor(call);
    if (reused !== undefined) return this.change(call, { ...started, ...takenOver(reused) });
    const sent = { ...started, ...this.#sent(call, at) };
    if (phase === "SINGLE_EVAL" && draw("lost", callId, epoch) < 0.05)
      return this.change(call, {
        ...sent,
        state: "FAILED",
        lastError: endedFor("INVALID_OUTPUT", "No score for Clarity", at, 1),
      });
    return this.change(call, { ...sent, state: "OK", lastError: null, ...this.#result(call) });
  }

  /** That the call went to a worker, and what that came to. */
  #sent(call, at) {
    const earlier = spentEarlier(call);
    return {
      dispatchedAt: at,
      startedAt: at,
      deadlineAt: new Date(Date.parse(at) + 600_000).toISOString(),
      workerId: `worker-${1 + (parseInt(call.callId.slice(0, 2), 16) % 3)}`,
      attempts: call.attempts + 1,
      costUsd: call.costUsd + Math.round(4.2e6 + 4e6 * draw("cost", call.callId)) / 1e9,
      usage: sumOf(earlier.usage, USAGE),
    };
  }

  #result(call) {
    const subjects = call.subject?.map((id) => this.calls.get(id)) ?? [];
    if (call.phase === "SINGLE_EVAL") return { result: scoresOf(call, subjects[0]) };
    if (call.phase !== "GENERATION" && call.phase !== "COMBINE")
      return { result: preferenceOf(call, subjects) };
    return writtenBy(call);
  }

  /** What was taken over from another run instead of being generated; undefined when it was not. */
  reusedFor({ phase, document, model, iteration }) {
    if (phase !== "GENERATION") return undefined;
    return this.view.spec.reuse?.outputs.find(
      (each) => each.document === document && each.model === model && each.iteration === iteration,
    );
  }

  alphaOf(document) {
    return 0.71 - 0.2 * draw("alpha", this.view.runId, document);
  }
}

const SAVED_USD = 0.0061;
const USAGE = { inputTokens: 900, outputTokens: 420, reasoningTokens: 64, cachedTokens: 0 };
