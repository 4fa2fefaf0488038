import { useQuery } from "@tanstack/react-query";
import { modelsQuery } from "../api/queries.ts";
import type { Problem } from "../api/types.ts";
import { FieldError, invalid } from "./fieldError.tsx";
import { firstJudge } from "./form.ts";
import type { FormEvaluation, FormJudge } from "./judging.ts";
import { ModelChoices, type Settings } from "./ModelChoices.tsx";
import { OptionalCard } from "./OptionalCard.tsx";
import { PairwiseField } from "./PairwiseField.tsx";
import { RubricField } from "./RubricField.tsx";

interface EvaluationFieldProps {
  evaluation: FormEvaluation;
  problem: Problem | null;
  onChange: (evaluation: FormEvaluation) => void;
}

const JUDGE_SETTINGS: Settings<FormJudge> = {
  numbers: [{ name: "maxOutputTokens", label: "Max output tokens" }],
  demands: [{ name: "reasoning", label: "Reasoning" }],
};

export function EvaluationField({ evaluation, problem, onChange }: EvaluationFieldProps) {
  return (
    <OptionalCard
      id="evaluation"
      title="Evaluation"
      hint="Judges score every document and compare the best ones with each other"
      on={evaluation.on}
      onToggle={(on) => onChange({ ...evaluation, on })}
    >
      <div className="border-t border-line">
        <EvaluationParts evaluation={evaluation} problem={problem} onChange={onChange} />
      </div>
    </OptionalCard>
  );
}

/** Judges, criteria and comparisons, where it is settled that there is an evaluation. */
export function EvaluationParts({ evaluation, problem, onChange }: EvaluationFieldProps) {
  const catalogue = useQuery(modelsQuery).data?.models ?? [];
  const change = (part: Partial<FormEvaluation>) => onChange({ ...evaluation, ...part });
  return (
    <div className="flex flex-col divide-y divide-line">
      <section aria-label="Judges" className="p-4">
        <h3 className="mb-2 font-medium">Judges</h3>
        <ModelChoices
          rows={Object.keys(evaluation.judges)}
          chosen={evaluation.judges}
          catalogue={catalogue}
          settings={JUDGE_SETTINGS}
          first={firstJudge}
          field="evaluation.judges"
          problem={problem}
          addLabel="A judge, as provider:model"
          onChange={(judges) => change({ judges })}
        />
        {Object.keys(evaluation.judges).length === 0 && (
          <p className="mt-2 text-xs text-timed-out-ink">An evaluation needs a judge.</p>
        )}
        <label className="mt-3 block text-xs text-ink-2">
          Iterations, how often each judge answers the same question
          <input
            type="number"
            min={1}
            className="field mt-1 block max-w-32 tabular"
            value={evaluation.iterations}
            onChange={(event) => change({ iterations: event.target.value })}
            {...invalid(problem, "evaluation.iterations")}
          />
          <FieldError problem={problem} field="evaluation.iterations" />
        </label>
      </section>
      <RubricField evaluation={evaluation} problem={problem} onChange={change} />
      <PairwiseField
        pairwise={evaluation.pairwise}
        problem={problem}
        onChange={(pairwise) => change({ pairwise })}
      />
    </div>
  );
}
