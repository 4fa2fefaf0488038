import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError, explain } from "../api/http.ts";
import { artifactUrl, reEvaluateRun, RUNS_KEY } from "../api/queries.ts";
import { sourcesQuery, textQuery } from "../api/sources.ts";
import type { RunSpec, RunView } from "../api/types.ts";
import { counted } from "../models/format.ts";
import { CombineField } from "../newrun/CombineField.tsx";
import { EvaluationParts } from "../newrun/EvaluationField.tsx";
import { randomId } from "../newrun/ids.ts";
import { suspectedIn } from "../scores/suspicions.ts";
import { Button } from "../shell/ui.tsx";
import { acceptedRunKey } from "../stream/useRunStream.ts";
import { formOf, toRequest, type ReEvaluation } from "./again.ts";
import { SidePanel } from "./SidePanel.tsx";

interface ReEvaluateProps {
  run: RunView;
  spec: RunSpec;
  onClose: () => void;
}

/** Judges the documents of a finished run in a run of its own: as before, or in another way. */
export default function ReEvaluate({ run, spec, onClose }: ReEvaluateProps) {
  const told = spec.combine?.instructions.sha256;
  const text = useQuery({ ...textQuery(artifactUrl(told ?? "")), enabled: told !== undefined });
  const instructions = told === undefined ? "" : text.data;
  return (
    <SidePanel
      id="re-evaluate"
      title="Judge the documents again"
      subtitle={`${counted(run.byPhase.GENERATION?.ok ?? 0, "document")} of ${run.name}`}
      onClose={onClose}
    >
      {text.error !== null && (
        <p role="alert" className="p-4 text-failed-ink wrap-anywhere">
          {`What the run told its combining models cannot be read: ${explain(text.error)}`}
        </p>
      )}
      {instructions !== undefined && (
        <ReEvaluationForm run={run} spec={spec} instructions={instructions} onClose={onClose} />
      )}
    </SidePanel>
  );
}

type ReEvaluationFormProps = ReEvaluateProps & { instructions: string };

function ReEvaluationForm({ run, spec, instructions, onClose }: ReEvaluationFormProps) {
  const [form, setForm] = useState(() => formOf(spec, instructions, randomId));
  const [asBefore, setAsBefore] = useState(spec.evaluation !== null);
  const [mask, setMask] = useState(false);
  const suspected = suspectedIn(useQuery(sourcesQuery(run.runId, run.asOf)).data?.items ?? []);
  const start = useReEvaluation(run.runId);
  const problem = start.error instanceof ApiError ? start.error.problem : null;
  const busy = start.isPending || start.isSuccess;
  const submit = () => {
    if (!busy) start.mutate({ other: asBefore ? null : form, mask: mask && suspected > 0 });
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="text-ink-2">
        A new run takes the documents as they are. Nothing is generated again; only judges and
        combining models are asked.
      </p>
      {spec.evaluation !== null && (
        <fieldset className="flex flex-col gap-1">
          <legend className="label">Criteria and judges</legend>
          <Choice
            name="As before"
            hint={`${spec.evaluation.rubric.name}, ${counted(spec.evaluation.judges.length, "judge")}`}
            checked={asBefore}
            onChoose={() => setAsBefore(true)}
          />
          <Choice
            name="Other ones"
            hint="Begins with those of this run"
            checked={!asBefore}
            onChoose={() => setAsBefore(false)}
          />
        </fieldset>
      )}
      {!asBefore && (
        <>
          <section aria-label="Evaluation" className="card min-w-0 overflow-hidden">
            <EvaluationParts
              evaluation={form.evaluation}
              problem={problem}
              onChange={(evaluation) => setForm({ ...form, evaluation })}
            />
          </section>
          <CombineField
            combine={form.combine}
            evaluated
            problem={problem}
            onChange={(combine) => setForm({ ...form, combine })}
          />
        </>
      )}
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
          data-testid="mask"
          checked={mask && suspected > 0}
          disabled={suspected === 0}
          onChange={(event) => setMask(event.target.checked)}
        />
        <span>
          Mask passages that speak to the judge
          <span className="block text-xs text-ink-2">
            {suspected === 0
              ? "No document of this run has such passages."
              : `${counted(suspected, "document")} of this run. The new run shows what each score has become.`}
          </span>
        </span>
      </label>
      {start.error !== null && (
        <p role="alert" className="text-failed-ink wrap-anywhere" data-testid="refused">
          {explain(start.error)}
          {problem?.field === undefined ? "" : ` (${problem.field})`}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" look="primary" data-testid="confirm-re-evaluate" aria-disabled={busy}>
          {busy ? "Starting…" : "Judge again"}
        </Button>
      </div>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  hint: string;
  checked: boolean;
  onChoose: () => void;
}

function Choice({ name, hint, checked, onChoose }: ChoiceProps) {
  return (
    <label className="flex min-h-6 items-baseline gap-3">
      <input
        type="radio"
        name="judging"
        className="size-4 shrink-0 self-center accent-(--accent)"
        checked={checked}
        onChange={onChoose}
      />
      <span>
        {name} <span className="text-xs text-ink-2">{hint}</span>
      </span>
    </label>
  );
}

/** However often the button is pressed, one dialog starts one run. */
function useReEvaluation(runId: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [keys] = useState(() => new Map<string, string>());
  return useMutation({
    mutationFn: (asked: ReEvaluation) => {
      const body = toRequest(asked);
      const key = keys.get(JSON.stringify(body)) ?? randomId();
      keys.set(JSON.stringify(body), key);
      return reEvaluateRun(runId, body, key);
    },
    onSuccess: (started) => {
      client.setQueryData(acceptedRunKey(started.runId), started);
      void client.invalidateQueries({ queryKey: RUNS_KEY });
      void navigate({ to: "/runs/$runId", params: { runId: started.runId } });
    },
  });
}
