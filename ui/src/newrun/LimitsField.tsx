import type { Limits, Problem } from "../api/types.ts";
import { sentence } from "../models/format.ts";
import { Card } from "../shell/ui.tsx";
import { FieldError, invalid } from "./fieldError.tsx";
import { LIMIT_FIELDS, limitLabel, type LimitField, type NewRunForm } from "./form.ts";

interface LimitsFieldProps {
  limits: NewRunForm["limits"];
  problem: Problem | null;
  onChange: (limits: NewRunForm["limits"]) => void;
}

export function LimitsField({ limits, problem, onChange }: LimitsFieldProps) {
  return (
    <Card
      id="limits"
      title="Limits"
      aside={
        <span className="text-xs text-ink-2">
          Empty ones are filled in by the server and shown with the run
        </span>
      }
    >
      <div className="grid gap-x-4 gap-y-4 border-t border-line p-4 min-[480px]:grid-cols-2 md:grid-cols-3 lg:grid-cols-4">
        {LIMIT_FIELDS.map((field) => (
          <Limit
            key={field.name}
            field={field}
            value={limits[field.name] ?? ""}
            problem={problem}
            onChange={(value) => onChange({ ...limits, [field.name]: value })}
          />
        ))}
      </div>
    </Card>
  );
}

interface LimitProps {
  field: LimitField;
  value: string;
  problem: Problem | null;
  onChange: (value: string) => void;
}

function Limit({ field, value, problem, onChange }: LimitProps) {
  const path = `limits.${field.name satisfies keyof Limits}`;
  return (
    <label className="block min-w-0">
      <span className="label mb-0">{limitLabel(field)}</span>
      <span className="mb-1 block text-xs text-ink-2">{field.hint}</span>
      {typeof field.kind === "string" ? (
        <input
          type="number"
          min={0}
          step={field.kind === "money" ? "0.01" : "1"}
          className="field tabular"
          placeholder="default"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          {...invalid(problem, path)}
        />
      ) : (
        <select
          className="field"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          {...invalid(problem, path)}
        >
          <option value="">Default</option>
          {field.kind.map((option) => (
            <option key={option} value={option}>
              {sentence(option)}
            </option>
          ))}
        </select>
      )}
      <FieldError problem={problem} field={path} />
    </label>
  );
}
