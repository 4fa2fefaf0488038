// A run with judges: documents, scores, comparisons, combined documents and a winner for each source.
import { artifact, planOf, sha } from "./plan.mjs";
import { Run } from "./run.mjs";
import { rankingOf } from "./ranking.mjs";
import { RUBRIC, documentText, reasonOf, voteReason } from "./texts.mjs";

const JUDGES = ["anthropic:claude-opus-4.1", "google:gemini-2.5-pro", "openai:gpt-5.1"];
const QUALITY = {
  "openai:gpt-5.1": 0.86,
  "openai:gpt-5-mini": 0.68,
  "openai-compatible:llama-3.3-70b": 0.47,
};
const LENIENCE = [-0.35, 0.05, 0.3];
const LEAN = [0.04, 0.22, -0.06];
const ENDED = ["OK", "FAILED", "SKIPPED", "CANCELLED", "TIMED_OUT"];

/** A number from 0 to 1 that is always the same for the same words. */
const draw = (...parts) => parseInt(sha(parts.join("|")).slice(0, 8), 16) / 0xffffffff;

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
    generation: { models: Object.keys(QUALITY).map((model) => author(model, 2)) },
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
  #perTick;

  constructor(spec, ledger, { perTick = 3, ...options } = {}) {
    super(spec, ledger, options);
    this.#perTick = perTick;
  }

  /** Ends the next calls, and plans what follows from them; false when nothing is left. */
  step() {
    for (let done = 0; done < this.#perTick; done++) {
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
    return [...this.calls.values()].filter(({ state }) => !ENDED.includes(state));
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
    const view = this.source(name);
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
    const output = documentText(call.document, call.callId, call.model, call.phase === "COMBINE");
    const lost = call.phase === "SINGLE_EVAL" && draw("lost", call.callId) < 0.05;
    const settled =
      call.phase === "PAIRWISE" && call.iteration === 2 && draw("settled", call.callId) < 0.55;
    if (lost || settled) {
      this.change(call, {
        state: lost ? "FAILED" : "SKIPPED",
        finishedAt: this.at(),
        savedUsd: settled ? 0.0061 : 0,
        lastError: lost
          ? {
              kind: "INVALID_OUTPUT",
              message: "No score for Clarity",
              httpStatus: null,
              attempt: 3,
              at: this.at(),
              active: true,
            }
          : null,
      });
      return;
    }
    const made = call.phase === "GENERATION" || call.phase === "COMBINE";
    this.change(call, {
      state: "OK",
      attempts: 1,
      startedAt: this.at(),
      finishedAt: this.at(),
      costUsd: 0.0042 + 0.004 * draw("cost", call.callId),
      usage: { inputTokens: 900, outputTokens: 420, reasoningTokens: 64, cachedTokens: 0 },
      preview: made ? output.slice(0, 200) : null,
      output: made ? artifact(output) : null,
    });
  }

  #quality(id) {
    const call = this.calls.get(id);
    const own = draw("quality", id) * 0.14 - 0.07;
    return call.phase === "COMBINE"
      ? 0.95 + own - (call.model.startsWith("anthropic") ? 0 : 0.07)
      : QUALITY[call.model] + own;
  }

  #sheet(call) {
    const [subject] = call.subject;
    const judge = JUDGES.indexOf(call.model);
    return {
      callId: call.callId,
      judge: call.model,
      iteration: call.iteration,
      scores: RUBRIC.criteria.map(({ name }, index) => {
        const bent = (draw("bent", judge, name) - 0.5) * 0.9 + LENIENCE[judge];
        const taste = (draw("taste", subject, name) - 0.5) * 1.6;
        const chance = draw("sheet", call.callId, index) - 0.5;
        const raw = 1 + 4 * this.#quality(subject) + bent + taste + chance;
        const score = Math.max(1, Math.min(5, Math.round(raw)));
        return { criterion: name, score, reason: reasonOf(name, score, judge + call.iteration) };
      }),
    };
  }

  #ballot(call) {
    const [first, second] = call.subject;
    const gap = this.#quality(first) - this.#quality(second);
    const x =
      gap * 2.2 + LEAN[JUDGES.indexOf(call.model)] + (draw("vote", call.callId) - 0.5) * 0.9;
    const winner = Math.abs(x) < 0.04 ? null : x > 0 ? first : second;
    const { callId, model: judge, iteration } = call;
    return { callId, judge, iteration, first, second, winner, reason: voteReason(callId, winner) };
  }

  source(name) {
    const calls = [...this.calls.values()].filter((call) => call.document === name);
    const sheets = calls.filter((c) => c.phase === "SINGLE_EVAL" && c.state === "OK");
    const documents = calls
      .filter((c) => c.output !== null)
      .map((c) => ({
        docId: c.callId,
        phase: c.phase,
        model: c.model,
        iteration: c.iteration,
        output: c.output,
        preview: c.preview,
        flags: calls.some(
          (j) => j.phase === "SINGLE_EVAL" && j.state === "FAILED" && j.subject[0] === c.callId,
        )
          ? ["SCORES_MISSING"]
          : [],
        madeFrom: c.phase === "COMBINE" ? c.subject : [],
        sheets: sheets.filter((j) => j.subject[0] === c.callId).map((j) => this.#sheet(j)),
      }));
    const generated = documents.filter(({ phase }) => phase === "GENERATION");
    const scores = generated.map(scoreOf).sort((a, b) => (b.mean ?? -1) - (a.mean ?? -1));
    const pairwise = this.#comparison(calls, "PAIRWISE");
    const postCombine = this.#comparison(calls, "POST_COMBINE");
    return {
      runId: this.view.runId,
      document: name,
      documents,
      scores,
      judges: deviations(generated),
      agreement:
        sheets.length < 6
          ? null
          : { alpha: 0.71 - 0.2 * draw("alpha", name), units: 90, values: 270 },
      pairwise,
      postCombine,
      winner: winnerOf(postCombine, pairwise, scores),
    };
  }

  #comparison(calls, phase) {
    const asked = calls.filter((c) => c.phase === phase);
    if (asked.length === 0) return null;
    const votes = asked.filter((c) => c.state === "OK").map((c) => this.#ballot(c));
    const settled = asked.filter((c) => c.state === "SKIPPED");
    const ids = [...new Set(asked.flatMap((c) => c.subject))];
    return {
      questions: {
        open: asked.filter((c) => !ENDED.includes(c.state)).length,
        answered: votes.length,
        unanswered: asked.filter((c) => c.state === "FAILED").length,
        settled: settled.length,
        savedUsd: settled.reduce((sum, c) => sum + c.savedUsd, 0),
      },
      ranking: rankingOf(ids, votes),
      votes,
      positionBias: JUDGES.filter((judge) => votes.some((v) => v.judge === judge)).map((judge) => {
        const own = votes.filter((v) => v.judge === judge);
        const decided = own.filter((v) => v.winner !== null);
        const firstWon = decided.filter((v) => v.winner === v.first).length;
        return {
          judge,
          decided: decided.length,
          firstWon,
          ties: own.length - decided.length,
          bias: decided.length === 0 ? null : firstWon / decided.length - 0.5,
        };
      }),
    };
  }
}

const mean = (values) =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
const spread = (values) =>
  values.length < 2
    ? null
    : Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1));
const scoresFor = (sheets, name) =>
  sheets.flatMap((sheet) => sheet.scores.filter((s) => s.criterion === name).map((s) => s.score));

function weighted(valueOf) {
  const parts = RUBRIC.criteria
    .map((c) => [c.weight, valueOf(c.name)])
    .filter(([, v]) => v !== null);
  const weights = parts.reduce((sum, [w]) => sum + w, 0);
  return weights === 0 ? null : parts.reduce((sum, [w, v]) => sum + w * v, 0) / weights;
}

function scoreOf({ docId, sheets }) {
  const criteria = RUBRIC.criteria.map(({ name }) => {
    const values = scoresFor(sheets, name);
    return { criterion: name, mean: mean(values), spread: spread(values), scores: values.length };
  });
  const total = weighted((name) => criteria.find((c) => c.criterion === name).mean);
  return {
    document: docId,
    mean: total,
    share: total === null ? null : (total - 1) / 4,
    spread: spread(sheets.map((sheet) => weighted((name) => mean(scoresFor([sheet], name))))),
    sheets: sheets.length,
    expectedSheets: 6,
    scores: criteria.reduce((sum, c) => sum + c.scores, 0),
    expectedScores: 90,
    criteria,
  };
}

function deviations(documents) {
  return JUDGES.filter((judge) =>
    documents.some((d) => d.sheets.some((s) => s.judge === judge)),
  ).map((judge) => {
    const criteria = RUBRIC.criteria.map(({ name }) => {
      const gaps = documents.flatMap(({ sheets }) => {
        const all = mean(scoresFor(sheets, name));
        const own = scoresFor(
          sheets.filter((s) => s.judge === judge),
          name,
        );
        const others = sheets.some((s) => s.judge !== judge);
        return others ? own.map((score) => score - all) : [];
      });
      return { criterion: name, mean: mean(gaps), scores: gaps.length };
    });
    return {
      judge,
      mean: weighted((name) => criteria.find((c) => c.criterion === name).mean),
      scores: criteria.reduce((sum, c) => sum + c.scores, 0),
      criteria,
    };
  });
}

function winnerOf(postCombine, pairwise, scores) {
  for (const [by, where, comparison] of [
    ["POST_COMBINE", "after combining", postCombine],
    ["PAIRWISE", "in the comparison", pairwise],
  ]) {
    const [row, next] = comparison?.ranking.rows ?? [];
    const votes = row === undefined ? 0 : row.wins + row.losses + row.ties;
    if (votes > 0)
      return {
        document: row.document,
        by,
        reason: `First of ${comparison.ranking.rows.length} documents ${where}: won ${row.wins} of ${votes} votes, strength ${Math.round(row.bradleyTerry)} against ${Math.round(next.bradleyTerry)} of the next; ${comparison.ranking.votesToFlip} changed votes would put another one first.`,
      };
  }
  const [best] = scores;
  if (!best?.mean) return null;
  const reason = `Best score of ${scores.filter((s) => s.mean).length} documents: ${best.mean.toFixed(2)} (${Math.round(best.share * 100)} % of the scale), from ${best.scores} of ${best.expectedScores} scores.`;
  return { document: best.document, by: "SCORE", reason };
}

/** What the gateway tells of judged runs; undefined when something else was asked. */
export function judgedAnswer(run, what, id, url) {
  const names = run.view.spec.documents.map(({ name }) => name);
  const items = run instanceof JudgedRun ? names.map((name) => run.source(name)) : [];
  switch (what) {
    case "sources":
      return { type: "application/json", body: JSON.stringify({ asOf: run.view.asOf, items }) };
    case "documents": {
      const call = run.calls.get(id);
      if (!call?.output) return undefined;
      return {
        type: "text/markdown; charset=utf-8",
        file: `${id}.md`,
        body: documentText(call.document, id, call.model, call.phase === "COMBINE"),
      };
    }
    case "export":
      return {
        type: "text/plain",
        file: `${url.searchParams.get("what")}.${url.searchParams.get("format")}`,
        body: JSON.stringify(items.flatMap((item) => item.documents)),
      };
    default:
      return undefined;
  }
}
