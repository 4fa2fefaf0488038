import type { Problem } from "../api/types.ts";
import { Button } from "../shell/ui.tsx";
import { FieldError, invalid } from "./fieldError.tsx";
import { randomId } from "./ids.ts";
import type { FormEvaluation } from "./judging.ts";
import { standardCriteria, weightShares, type FormCriterion } from "./rubric.ts";

interface RubricFieldProps {
  evaluation: FormEvaluation;
  problem: Problem | null;
  onChange: (part: Partial<FormEvaluation>) => void;
}

const PATH = "evaluation.rubric";

export function RubricField({ evaluation, problem, onChange }: RubricFieldProps) {
  const { criteria, rubricName } = evaluation;
  return (
    <section aria-label="Rubric" className="@container p-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div>
          <h3 className="font-medium">Rubric</h3>
          <p className="text-xs text-ink-2">
            {criteria === null
              ? "The standard one: fifteen weighted criteria, from 1 to 5"
              : "Only the ratio of the weights counts"}
          </p>
        </div>
        <Button
          onClick={() => onChange({ criteria: criteria === null ? standardCriteria() : null })}
        >
          {criteria === null ? "Edit the criteria" : "Back to the standard one"}
        </Button>
      </div>
      <FieldError problem={problem} field={PATH} />
      {criteria !== null && (
        <>
          <label className="mt-3 block max-w-80 text-xs text-ink-2">
            Name of the rubric
            <input
              className="field mt-1"
              value={rubricName}
              onChange={(event) => onChange({ rubricName: event.target.value })}
              {...invalid(problem, `${PATH}.name`)}
            />
            <FieldError problem={problem} field={`${PATH}.name`} />
          </label>
          <Criteria
            criteria={criteria}
            problem={problem}
            onChange={(changed) => onChange({ criteria: changed })}
          />
        </>
      )}
    </section>
  );
}

interface CriteriaProps {
  criteria: FormCriterion[];
  problem: Problem | null;
  onChange: (criteria: FormCriterion[]) => void;
}

function Criteria({ criteria, problem, onChange }: CriteriaProps) {
  const shares = weightShares(criteria);
  const add = () => onChange([...criteria, { ...EMPTY, key: randomId() }]);
  return (
    <div className="mt-4">
      <div aria-hidden="true" className="criterion-row grid-head @max-3xl:hidden!">
        <span>Criterion</span>
        <span>What the judges are asked</span>
        <span>Weight</span>
        <span>From</span>
        <span>To</span>
        <span className="text-right">Share</span>
        <span />
      </div>
      <ul className="flex flex-col gap-2 @max-3xl:gap-4">
        {criteria.map((criterion, index) => (
          <Criterion
            key={criterion.key}
            criterion={criterion}
            share={shares?.[index] ?? null}
            field={`${PATH}.criteria[${index}]`}
            problem={problem}
            onChange={(part) =>
              onChange(
                criteria.map((each) => (each.key === criterion.key ? { ...each, ...part } : each)),
              )
            }
            onRemove={() => onChange(criteria.filter((each) => each.key !== criterion.key))}
          />
        ))}
      </ul>
      <div {...invalid(problem, `${PATH}.criteria`)} tabIndex={-1} className="outline-none">
        <FieldError problem={problem} field={`${PATH}.criteria`} />
      </div>
      <Button className="mt-3" onClick={add}>
        Add a criterion
      </Button>
    </div>
  );
}

const EMPTY: Omit<FormCriterion, "key"> = {
  name: "",
  description: "",
  weight: "5",
  min: "1",
  max: "5",
};

interface CriterionProps {
  criterion: FormCriterion;
  /** Of all weights, in percent; null when it cannot be told. */
  share: number | null;
  field: string;
  problem: Problem | null;
  onChange: (part: Partial<FormCriterion>) => void;
  onRemove: () => void;
}

const TEXTS = [
  { name: "name", label: "Name" },
  { name: "description", label: "Description" },
] as const;

const NUMBERS = [
  { name: "weight", label: "Weight", step: "any" },
  { name: "min", label: "Lowest score", step: "1" },
  { name: "max", label: "Highest score", step: "1" },
] as const;

function Criterion({ criterion, share, field, problem, onChange, onRemove }: CriterionProps) {
  const of = criterion.name === "" ? "the new criterion" : criterion.name;
  return (
    <li className="criterion-row" {...invalid(problem, field)} tabIndex={-1}>
      {TEXTS.map(({ name, label }) => (
        <div key={name} className="min-w-0 @max-3xl:col-span-3">
          <input
            aria-label={`${label} of ${of}`}
            placeholder={label}
            className={`field ${name === "name" ? "font-medium" : ""}`}
            value={criterion[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
            {...invalid(problem, `${field}.${name}`)}
          />
          <FieldError problem={problem} field={`${field}.${name}`} />
        </div>
      ))}
      {NUMBERS.map(({ name, label, step }) => (
        <label key={name} className="min-w-0 text-xs text-ink-2">
          <span className="@3xl:sr-only">
            {label}
            <span className="sr-only">{` of ${of}`}</span>
          </span>
          <input
            type="number"
            step={step}
            className="field tabular"
            value={criterion[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
            {...invalid(problem, `${field}.${name}`)}
          />
          <FieldError problem={problem} field={`${field}.${name}`} />
        </label>
      ))}
      <span className="text-right text-xs text-ink-2 tabular @max-3xl:col-span-2 @max-3xl:text-left">
        {share === null ? "–" : `${share.toFixed(1)} %`}
        <span className="@3xl:sr-only"> of the score</span>
      </span>
      <Button className="px-2" aria-label={`Remove ${of}`} onClick={onRemove}>
        <span aria-hidden="true">✕</span>
      </Button>
      <div className="col-span-full empty:hidden">
        <FieldError problem={problem} field={field} />
      </div>
    </li>
  );
}
