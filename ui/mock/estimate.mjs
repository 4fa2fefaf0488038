// What a submission would ask for and cost, with the formulas of the plan.

export function phasesOf({ documents, generation, evaluation, combine }) {
  const sources = documents.length;
  const perSource = (models) => models.reduce((sum, { iterations = 1 }) => sum + iterations, 0);
  const made = perSource(generation.models);
  const phases = { GENERATION: sources * made };
  const questions = (evaluation?.judges?.length ?? 0) * (evaluation?.iterations ?? 1);
  if (evaluation) phases.SINGLE_EVAL = sources * made * questions;
  const pairwise = evaluation?.pairwise;
  const orders = pairwise?.order === "BALANCED" ? 1 : 2;
  const pairs = (count) => (count * (count - 1)) / 2;
  if (pairwise)
    phases.PAIRWISE = sources * pairs(Math.min(pairwise.topN ?? 4, made)) * questions * orders;
  if (combine) {
    const combined = perSource(combine.models);
    phases.COMBINE = sources * combined;
    if (pairwise) phases.POST_COMBINE = sources * pairs(2 + combined) * questions * orders;
  }
  return phases;
}

export function estimateOf(submission) {
  const planned = phasesOf(submission);
  const phases = Object.entries(planned).map(([phase, calls]) => ({
    phase,
    calls,
    minUsd: calls * 0.0012,
    likelyUsd: calls * 0.0052,
    maxUsd: calls * 0.082,
  }));
  const models = submission.generation.models.map(({ model, iterations = 1 }, index) => {
    const calls = submission.documents.length * iterations;
    const known = !model.startsWith("openai-compatible");
    return {
      model,
      phase: "GENERATION",
      calls,
      minUsd: calls * 0.0012,
      likelyUsd: known ? calls * 0.0052 : null,
      maxUsd: calls * 0.082,
      pastCalls: known ? 1204 - 40 * index : 0,
      p50: known ? "PT14.2S" : null,
      p90: known ? "PT41S" : null,
    };
  });
  const sum = (name) => phases.reduce((total, phase) => total + phase[name], 0);
  const calls = sum("calls");
  const timed = models.every(({ p50 }) => p50 !== null);
  const maxCostUsd = submission.limits?.maxCostUsd ?? 5;
  const maxPaidCalls = submission.limits?.maxPaidCalls ?? 500;
  return {
    calls,
    phases,
    models,
    minUsd: sum("minUsd"),
    likelyUsd: sum("likelyUsd"),
    maxUsd: sum("maxUsd"),
    minTime: timed ? `PT${Math.ceil(calls * 0.8)}S` : null,
    likelyTime: timed ? `PT${Math.ceil(calls * 1.6)}S` : null,
    maxTime: timed ? `PT${Math.ceil(calls * 6)}S` : null,
    withinBudget: sum("likelyUsd") <= maxCostUsd && calls <= maxPaidCalls,
    maxCostUsd,
    maxPaidCalls,
  };
}
