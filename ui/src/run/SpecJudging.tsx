import { artifactUrl } from "../api/queries.ts";
import type { Author, Combine, Evaluation } from "../api/types.ts";
import { bytes, count, words } from "../models/format.ts";
import { weightShare } from "../models/rubric.ts";
import { Scroll } from "../shell/ui.tsx";

/** How the run judges: the rubric with its weights, the judges, the comparisons. */
export function SpecJudging({ evaluation }: { evaluation: Evaluation }) {
  const { rubric, judges, judging } = evaluation;
  return (
    <>
      <section aria-label="Rubric" className="min-w-0">
        <h3 className="mb-2 font-medium">
          Rubric
          <span className="ml-2 font-normal text-ink-2">{`${rubric.name}, version ${rubric.version}`}</span>
        </h3>
        <ol className="flex flex-col gap-1.5" data-testid="spec-rubric">
          {rubric.criteria.map((criterion) => (
            <li key={criterion.name} className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-3">
              <span className="text-right font-medium tabular">
                {weightShare(criterion.weight, rubric)}
              </span>
              <span>
                <span className="font-medium">{criterion.name}</span>
                <span className="text-ink-2 tabular">{` ${criterion.min} to ${criterion.max}`}</span>
                <span className="block text-xs text-ink-2">{criterion.description}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section aria-label="Judging" className="min-w-0">
        <h3 className="mb-2 font-medium">Judging</h3>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
          {rowsOf(evaluation).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-2">{name}</dt>
              <dd className="tabular">{value}</dd>
            </div>
          ))}
          <dt className="text-ink-2">Instructions</dt>
          <dd>
            <a href={artifactUrl(judging.sha256)} className="link">
              {bytes(judging.size)}
            </a>
          </dd>
        </dl>
        <h4 className="mt-4 mb-1 font-medium">Judges</h4>
        <ul className="flex flex-col gap-1">
          {judges.map(({ model, maxOutputTokens, reasoning }) => (
            <li key={model} className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-mono text-xs wrap-anywhere">{model}</span>
              <span className="text-xs text-ink-2 tabular">
                {`${count(maxOutputTokens)} tokens at most, reasoning ${words(reasoning)}`}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function rowsOf({ iterations, pairwise, seed }: Evaluation): [string, string][] {
  const base: [string, string][] = [
    ["Iterations", count(iterations)],
    ["Seed", String(seed)],
  ];
  if (pairwise === null) return [...base, ["Comparison", "none"]];
  return [
    ...base,
    ["Comparison of", `the best ${count(pairwise.topN)}`],
    ["Order", pairwise.order === "BOTH" ? "each pair in both orders" : "each pair once, balanced"],
    ["Ties", pairwise.ties ? "allowed" : "not allowed"],
    ["Early stop", pairwise.earlyStop ? "on" : "off"],
  ];
}

export function SpecCombine({ combine }: { combine: Combine }) {
  return (
    <section aria-label="Combining" className="min-w-0 lg:col-span-2">
      <h3 className="mb-2 font-medium">
        Combining
        <a href={artifactUrl(combine.instructions.sha256)} className="link ml-3 font-normal">
          {`instructions, ${bytes(combine.instructions.size)}`}
        </a>
      </h3>
      <Authors label="Models that combine" authors={combine.models} />
    </section>
  );
}

/** Models that write, with all that was set for them. */
export function Authors({ label, authors }: { label: string; authors: readonly Author[] }) {
  return (
    <Scroll label={label}>
      <table className="table w-full">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Iterations</th>
            <th scope="col">Max output tokens</th>
            <th scope="col">Grounding</th>
            <th scope="col">Reasoning</th>
          </tr>
        </thead>
        <tbody>
          {authors.map((model) => (
            <tr key={model.model}>
              <th scope="row" className="font-mono text-xs font-normal">
                {model.model}
              </th>
              <td>{count(model.iterations)}</td>
              <td>{count(model.maxOutputTokens)}</td>
              <td>{words(model.grounding)}</td>
              <td>{words(model.reasoning)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
