// A run that judges what a finished one has written, without generating again.
import { JudgedRun } from "./judged.mjs";
import { artifact, textOf } from "./plan.mjs";
import { sourceOf } from "./source.mjs";
import { masked, suspicionsIn } from "./suspicions.mjs";

/** @param mask whether passages that speak to the judge are hidden from it */
export function reEvaluationOf(run, { name, mask = false }, ledger, options = {}) {
  const { spec, runId } = run.view;
  const outputs = spec.documents.flatMap((document) =>
    reusedOf(sourceOf(run, document.name), mask),
  );
  const again = name ?? `${spec.name} (evaluated again)`;
  return new JudgedRun({ ...spec, name: again, reuse: { run: runId, outputs } }, ledger, options);
}

function reusedOf({ document, documents, scores }, mask) {
  return documents
    .filter(({ phase }) => phase === "GENERATION")
    .map(({ docId, model, iteration, preview, ...made }) => {
      // What an earlier run's judges gave to the text as it was written.
      const earlierScore =
        made.original === null
          ? (scores.find((score) => score.document === docId)?.mean ?? null)
          : made.earlierScore;
      const written = made.original ?? made.output;
      const text = textOf(written.sha256);
      const hides = mask && masked(text) !== text;
      return {
        document,
        model,
        iteration,
        output: hides ? artifact(masked(text)) : written,
        original: hides ? written : null,
        preview,
        suspicions: suspicionsIn(text),
        earlierScore,
      };
    });
}
