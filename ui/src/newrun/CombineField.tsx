import { useQuery } from "@tanstack/react-query";
import { modelsQuery } from "../api/queries.ts";
import type { CatalogueModel, Problem } from "../api/types.ts";
import { FieldError, invalid } from "./fieldError.tsx";
import { firstChoice } from "./form.ts";
import type { FormCombine, FormModel } from "./judging.ts";
import { ModelChoices } from "./ModelChoices.tsx";
import { AUTHOR_SETTINGS } from "./ModelsField.tsx";
import { OptionalCard } from "./OptionalCard.tsx";

interface CombineFieldProps {
  combine: FormCombine;
  /** Without it nobody says which two are the best. */
  evaluated: boolean;
  problem: Problem | null;
  onChange: (combine: FormCombine) => void;
}

export function CombineField({ combine, evaluated, problem, onChange }: CombineFieldProps) {
  const catalogue = useQuery(modelsQuery).data?.models ?? [];
  const change = (part: Partial<FormCombine>) => onChange({ ...combine, ...part });
  return (
    <OptionalCard
      id="combine"
      title="Combine"
      hint="The best two documents of each source become one, which is compared with both"
      on={combine.on}
      onToggle={(on) => change({ on })}
    >
      <div className="border-t border-line p-4">
        {!evaluated && (
          <p className="mb-3 text-timed-out-ink">
            Which two are the best is told by an evaluation, which is off.
          </p>
        )}
        <ModelChoices
          rows={Object.keys(combine.models)}
          chosen={combine.models}
          catalogue={catalogue}
          settings={AUTHOR_SETTINGS}
          first={once}
          field="combine.models"
          problem={problem}
          addLabel="A combining model, as provider:model"
          onChange={(models) => change({ models })}
        />
        {Object.keys(combine.models).length === 0 && (
          <p className="mt-2 text-xs text-timed-out-ink">Combining needs a model.</p>
        )}
        <label className="mt-4 block">
          <span className="label">Instructions</span>
          <textarea
            rows={3}
            className="field"
            placeholder="The standard text"
            value={combine.instructions}
            onChange={(event) => change({ instructions: event.target.value })}
            {...invalid(problem, "combine.instructions")}
          />
        </label>
        <FieldError problem={problem} field="combine.instructions" />
      </div>
    </OptionalCard>
  );
}

function once(entry: CatalogueModel | undefined): FormModel {
  return { ...firstChoice(entry), iterations: "1" };
}
