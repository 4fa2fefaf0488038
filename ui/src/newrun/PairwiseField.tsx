import type { Order, Problem } from "../api/types.ts";
import { FieldError, invalid } from "./fieldError.tsx";
import { SERVER_PAIRWISE, type FormPairwise } from "./judging.ts";

interface PairwiseFieldProps {
  pairwise: FormPairwise;
  problem: Problem | null;
  onChange: (pairwise: FormPairwise) => void;
}

export function PairwiseField({ pairwise, problem, onChange }: PairwiseFieldProps) {
  const change = (part: Partial<FormPairwise>) => onChange({ ...pairwise, ...part });
  return (
    <section aria-label="Comparisons" className="@container p-4">
      <h3 className="font-medium">
        <Check
          label="Compare the best documents in pairs"
          hint="Scores alone say little about which of two good documents is better"
          checked={pairwise.on}
          onChange={(on) => change({ on })}
        />
      </h3>
      {pairwise.on && (
        <div className="mt-4 grid gap-4 @lg:grid-cols-2 @4xl:grid-cols-4">
          <label className="block text-xs text-ink-2">
            Best documents of each source
            <input
              type="number"
              min={2}
              className="field mt-1 tabular"
              placeholder={`${SERVER_PAIRWISE.topN}`}
              value={pairwise.topN}
              onChange={(event) => change({ topN: event.target.value })}
              {...invalid(problem, "evaluation.pairwise.topN")}
            />
            <FieldError problem={problem} field="evaluation.pairwise.topN" />
          </label>
          <label className="block text-xs text-ink-2">
            Order in which they are shown
            <select
              className="field mt-1"
              value={pairwise.order}
              onChange={(event) => change({ order: event.target.value as Order | "" })}
              {...invalid(problem, "evaluation.pairwise.order")}
            >
              {pairwise.order === "" && <option value="">Default: both, each pair twice</option>}
              <option value="BOTH">Both, each pair twice</option>
              <option value="BALANCED">Balanced, each pair once</option>
            </select>
            <FieldError problem={problem} field="evaluation.pairwise.order" />
          </label>
          <Check
            label="Ties"
            hint="A judge may prefer neither"
            checked={pairwise.ties ?? SERVER_PAIRWISE.ties}
            onChange={(ties) => change({ ties })}
          />
          <Check
            label="Stop early"
            hint="When the first two places are settled"
            checked={pairwise.earlyStop ?? SERVER_PAIRWISE.earlyStop}
            onChange={(earlyStop) => change({ earlyStop })}
          />
        </div>
      )}
    </section>
  );
}

interface CheckProps {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Check({ label, hint, checked, onChange }: CheckProps) {
  return (
    <label className="flex items-start gap-2.5">
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="font-medium">
        {label}
        <span className="block text-xs font-normal text-ink-2">{hint}</span>
      </span>
    </label>
  );
}
