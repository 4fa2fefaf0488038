// Means, spreads, deviations and the winner, from the sheets and votes of scripted judges.
import { RUBRIC } from "./texts.mjs";

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

export function scoreOf({ docId, sheets }) {
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

export function deviations(documents, judges) {
  return judges
    .filter((judge) => documents.some((d) => d.sheets.some((s) => s.judge === judge)))
    .map((judge) => {
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

export function winnerOf(postCombine, pairwise, scores) {
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
