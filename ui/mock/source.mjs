// What became of a source: its documents, their scores, comparisons and the winner.
import { hasEnded } from "./call.mjs";
import { textOf } from "./plan.mjs";
import { rankingOf } from "./ranking.mjs";
import { deviations, scoreOf, winnerOf } from "./scores.mjs";

export function sourceOf(run, name) {
  const calls = [...run.calls.values()].filter((call) => call.document === name);
  const judges = run.view.spec.evaluation.judges.map(({ model }) => model);
  const sheets = calls.filter((c) => c.phase === "SINGLE_EVAL" && c.state === "OK");
  const documents = calls
    .filter((call) => call.output !== null)
    .map((call) => documentOf(run, call, calls));
  const generated = documents.filter(({ phase }) => phase === "GENERATION");
  const scores = generated.map(scoreOf).sort((a, b) => (b.mean ?? -1) - (a.mean ?? -1));
  const pairwise = comparison(calls, "PAIRWISE", judges);
  const postCombine = comparison(calls, "POST_COMBINE", judges);
  return {
    runId: run.view.runId,
    document: name,
    documents: documents.map((document) => withChange(document, scores)),
    scores,
    judges: deviations(generated, judges),
    agreement: sheets.length < 6 ? null : { alpha: run.alphaOf(name), units: 90, values: 270 },
    pairwise,
    postCombine,
    winner: winnerOf(postCombine, pairwise, scores),
  };
}

function documentOf(run, call, calls) {
  const judging = calls.filter((c) => c.phase === "SINGLE_EVAL" && c.subject[0] === call.callId);
  const reused = run.reusedFor(call);
  const flags = [];
  if (judging.some(({ state }) => state === "FAILED")) flags.push("SCORES_MISSING");
  if (reused?.original) flags.push("INJECTION_MASKED");
  else if (call.suspicions.length > 0) flags.push("INJECTION_SUSPECTED");
  return {
    docId: call.callId,
    phase: call.phase,
    model: call.model,
    iteration: call.iteration,
    output: call.output,
    original: reused?.original ?? null,
    preview: call.preview,
    suspicions: reused?.original ? reused.suspicions : call.suspicions,
    flags,
    madeFrom: call.phase === "COMBINE" ? call.subject : [],
    earlierScore: reused?.earlierScore ?? null,
    scoreChange: null,
    sheets: judging.filter(({ state }) => state === "OK").map(sheetOf),
  };
}

function withChange(document, scores) {
  const { mean = null } = scores.find((each) => each.document === document.docId) ?? {};
  const { earlierScore } = document;
  const known = mean !== null && earlierScore !== null;
  return { ...document, scoreChange: known ? mean - earlierScore : null };
}

function sheetOf({ callId, model, iteration, result }) {
  return { callId, judge: model, iteration, scores: result.scores };
}

function ballotOf({ callId, model, iteration, subject: [first, second], result }) {
  const { winner, reason } = result;
  return { callId, judge: model, iteration, first, second, winner, reason };
}

function comparison(calls, phase, judges) {
  const asked = calls.filter((c) => c.phase === phase);
  if (asked.length === 0) return null;
  const votes = asked.filter((c) => c.state === "OK").map(ballotOf);
  const settled = asked.filter((c) => c.state === "SKIPPED");
  const ids = [...new Set(asked.flatMap((c) => c.subject))];
  return {
    questions: {
      open: asked.filter((c) => !hasEnded(c)).length,
      answered: votes.length,
      unanswered: asked.filter((c) => c.state === "FAILED").length,
      settled: settled.length,
      savedUsd: settled.reduce((sum, c) => sum + c.savedUsd, 0),
    },
    ranking: rankingOf(ids, votes),
    votes,
    positionBias: judges
      .filter((judge) => votes.some((v) => v.judge === judge))
      .map((judge) => {
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

/** What the gateway tells of judged runs; undefined when something else was asked. */
export function judgedAnswer(run, what, id, url) {
  const names = run.view.spec.documents.map(({ name }) => name);
  const items = run.isJudged ? names.map((name) => sourceOf(run, name)) : [];
  switch (what) {
    case "sources":
      return { type: "application/json", body: JSON.stringify({ asOf: run.view.asOf, items }) };
    case "documents": {
      const call = run.calls.get(id);
      if (!call?.output) return undefined;
      return {
        type: "text/markdown; charset=utf-8",
        file: `${id}.md`,
        body: textOf(call.output.sha256),
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
