import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState, type RefObject } from "react";
import { ApiError, explain } from "../api/http.ts";
import { RUNS_KEY, submitRun } from "../api/queries.ts";
import type { Problem } from "../api/types.ts";
import { count, counted } from "../models/format.ts";
import { Button, Card } from "../shell/ui.tsx";
import { useTabState } from "../shell/useTabState.ts";
import { acceptedRunKey } from "../stream/useRunStream.ts";
import { budgetWarning, costText, timeText } from "./estimate.ts";
import { CombineField } from "./CombineField.tsx";
import { DocumentsField } from "./DocumentsField.tsx";
import { EstimateCard } from "./EstimateCard.tsx";
import { EvaluationField } from "./EvaluationField.tsx";
import { FieldError, invalid } from "./fieldError.tsx";
import { plannedCalls, toSubmission, type NewRunForm } from "./form.ts";
import { randomId } from "./ids.ts";
import { LimitsField } from "./LimitsField.tsx";
import { PresetCard } from "./PresetCard.tsx";
import { ModelsField } from "./ModelsField.tsx";
import { SAMPLE } from "./sample.ts";
import { useEstimate, type LiveEstimate } from "./useEstimate.ts";

export function NewRunPage() {
  useTabState("New run", "idle");
  const [form, setForm] = useState(SAMPLE);
  // One key for one form: a double click, a retry or a lost answer still starts one run.
  const [key, setKey] = useState(randomId);
  const start = useStartRun();
  const page = useRef<HTMLFormElement>(null);
  const live = useEstimate(form);
  const refused = start.error instanceof ApiError ? start.error.problem : null;
  useFocusOn(page, refused);
  // What the estimate finds is newer than what the last start was told.
  const problem = live.problem ?? (live.current ? null : refused);
  const change = (part: Partial<NewRunForm>) => setForm((before) => ({ ...before, ...part }));
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-col gap-4">
      <h1 className="text-xl font-semibold">New run</h1>
      <PresetCard form={form} onLoad={setForm} />
      <form
        ref={page}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!start.isPending && !start.isSuccess) start.mutate({ form, key });
        }}
      >
        {start.error !== null && (
          <Refused error={start.error} onNewKey={() => setKey(randomId())} />
        )}
        <Card id="task" title="Task">
          <div className="flex flex-col gap-4 px-4 pb-4">
            <div>
              <label className="label" htmlFor="name">
                Name
              </label>
              <input
                id="name"
                className="field"
                value={form.name}
                onChange={(event) => change({ name: event.target.value })}
                {...invalid(problem, "name")}
              />
              <FieldError problem={problem} field="name" />
            </div>
            <div>
              <label className="label" htmlFor="instructions">
                Instructions
              </label>
              <textarea
                id="instructions"
                rows={4}
                className="field"
                value={form.instructions}
                onChange={(event) => change({ instructions: event.target.value })}
                {...invalid(problem, "instructions")}
              />
              <FieldError problem={problem} field="instructions" />
            </div>
          </div>
        </Card>
        <DocumentsField
          documents={form.documents}
          problem={problem}
          onChange={(documents) =>
            setForm((before) => ({ ...before, documents: documents(before.documents) }))
          }
        />
        <ModelsField
          models={form.models}
          problem={problem}
          onChange={(models) => change({ models })}
        />
        <EvaluationField
          evaluation={form.evaluation}
          problem={problem}
          onChange={(evaluation) => change({ evaluation })}
        />
        <CombineField
          combine={form.combine}
          evaluated={form.evaluation.on}
          problem={problem}
          onChange={(combine) => change({ combine })}
        />
        <LimitsField
          limits={form.limits}
          problem={problem}
          onChange={(limits) => change({ limits })}
        />
        <EstimateCard live={live} />
        <StartBar form={form} live={live} busy={start.isPending || start.isSuccess} />
      </form>
    </div>
  );
}

function useStartRun() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ form, key }: { form: NewRunForm; key: string }) =>
      submitRun(toSubmission(form), key),
    onSuccess: (run) => {
      client.setQueryData(acceptedRunKey(run.runId), run);
      void client.invalidateQueries({ queryKey: RUNS_KEY });
      void navigate({ to: "/runs/$runId", params: { runId: run.runId } });
    },
  });
}

/** The keyboard goes where the work is: to the field to blame, or to what was said. */
function useFocusOn(form: RefObject<HTMLFormElement | null>, problem: Problem | null): void {
  useEffect(() => {
    if (problem === null) return;
    const fields = form.current?.querySelectorAll<HTMLElement>("[data-field]") ?? [];
    const blamed = [...fields].find((each) => each.dataset.field === problem.field);
    (blamed ?? form.current?.querySelector<HTMLElement>("[data-refused]"))?.focus();
  }, [form, problem]);
}

function Refused({ error, onNewKey }: { error: Error; onNewKey: () => void }) {
  const problem = error instanceof ApiError ? error.problem : null;
  return (
    <div
      role="alert"
      tabIndex={-1}
      data-refused
      data-testid="refused"
      className="rounded-lg border border-failed bg-failed-tint px-4 py-3 text-failed-ink"
    >
      <p className="font-semibold">{problem?.title ?? "The run was not started"}</p>
      <p className="wrap-anywhere">
        {explain(error)}
        {problem?.field === undefined ? "" : ` (${problem.field})`}
      </p>
      {problem?.type.endsWith(":idempotency-mismatch") === true && (
        <Button className="mt-2" onClick={onNewKey}>
          Start this form as another run
        </Button>
      )}
    </div>
  );
}

interface StartBarProps {
  form: NewRunForm;
  live: LiveEstimate;
  busy: boolean;
}

function StartBar({ form, live, busy }: StartBarProps) {
  const planned = plannedCalls(form);
  const models = Object.keys(form.models).length;
  return (
    <div className="bottom-bar card sticky bottom-2 z-10 shadow-raised! flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 tabular">
        <p>
          <data className="font-semibold" data-testid="planned-calls" value={planned ?? ""}>
            {planned === null ? "?" : count(planned)}
          </data>
          <span className="text-ink-2">
            {` ${planned === 1 ? "call" : "calls"} planned: ${counted(form.documents.length, "document")}, ${counted(models, "model")}`}
          </span>
        </p>
        <Outlook live={live} />
      </div>
      <Button
        type="submit"
        look="primary"
        aria-disabled={busy}
        data-testid="start-run"
        className="min-w-28"
      >
        {busy ? "Starting…" : "Start run"}
      </Button>
    </div>
  );
}

/** The estimate in one line; it keeps its height, so that nothing jumps while it is renewed. */
function Outlook({ live: { estimate, current, incomplete } }: { live: LiveEstimate }) {
  if (estimate === null) return <p className="text-xs text-ink-2">No estimate yet</p>;
  const time = timeText(estimate);
  const warning = budgetWarning(estimate);
  return (
    <>
      <p data-testid="outlook" className="text-xs text-ink-2">
        {incomplete ? "Before the last change: " : ""}
        {costText(estimate) + (time === null ? "" : ` · ${time}`)}
        {incomplete || current ? "" : " …"}
      </p>
      {warning !== null && (
        <p
          role="status"
          data-testid="over-budget"
          className="text-xs font-medium text-timed-out-ink"
        >
          {warning}
        </p>
      )}
    </>
  );
}
