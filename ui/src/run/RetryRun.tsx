import { useState } from "react";
import { ApiError } from "../api/http.ts";
import { retryRun } from "../api/queries.ts";
import type { Problem, RetryRequest, RunView } from "../api/types.ts";
import {
  isAnswered,
  limitErrors,
  retryableCount,
  retrySummary,
  type RaisedLimits,
} from "../models/actions.ts";
import { count, counted, money } from "../models/format.ts";
import { isWaiting, useAsked, type Asking } from "../shell/useAsked.ts";
import { AskDialog } from "./AskDialog.tsx";

interface Retry {
  /** Null for every call that ended without success. */
  calls: string[] | null;
  limits: RaisedLimits;
  /** So many actions of the run had been seen when it was asked. */
  seen: number;
}

/** Asks for a retry; the log has answered when it tells the request. */
export function useRetry(run: RunView) {
  const { ask, ...asking } = useAsked(
    ({ calls, limits }: Retry) => retryRun(run.runId, requestOf(calls, limits)),
    ({ seen }) => isAnswered("retry", seen, run),
  );
  const seen = run.actions.length;
  const retryAll = (limits: RaisedLimits, onAccepted: () => void) =>
    ask({ calls: null, limits, seen }, onAccepted);
  const retryOne = (callId: string) => ask({ calls: [callId], limits: KEEP, seen });
  return { ...asking, retryAll, retryOne };
}

const KEEP: RaisedLimits = { maxPaidCalls: "", maxCostUsd: "" };

/** What was left empty is left out: the limit stays. */
function requestOf(calls: string[] | null, typed: RaisedLimits): RetryRequest {
  return {
    ...(calls === null ? {} : { calls }),
    ...(typed.maxPaidCalls.trim() === "" ? {} : { maxPaidCalls: Number(typed.maxPaidCalls) }),
    ...(typed.maxCostUsd.trim() === "" ? {} : { maxCostUsd: Number(typed.maxCostUsd) }),
  };
}

interface RetryRunProps {
  run: RunView;
  retry: Omit<Asking<Retry>, "ask"> & {
    retryAll: (limits: RaisedLimits, onAccepted: () => void) => void;
  };
  onClose: () => void;
}

/** Says what will run again, and lets the limits be raised, because they may be why it failed. */
export function RetryRun({ run, retry, onClose }: RetryRunProps) {
  const [limits, setLimits] = useState(KEEP);
  const [tried, setTried] = useState(false);
  const errors = limitErrors(limits, run.stats);
  const { asked } = retry;
  const problem =
    asked.kind === "refused" && asked.error instanceof ApiError ? asked.error.problem : null;
  const errorAt = (field: keyof RaisedLimits) =>
    (tried ? errors[field] : undefined) ?? told(problem, field);
  const atField = ["maxPaidCalls", "maxCostUsd"].includes(problem?.field ?? "");
  return (
    <AskDialog
      id="retry"
      title={`Run ${counted(retryableCount(run.stats), "call")} again?`}
      yes="Run again"
      busy={isWaiting(asked)}
      error={asked.kind === "refused" && !atField ? asked.error : null}
      onSubmit={() => {
        setTried(true);
        // Once it is accepted, what happens next is told by the run and not by this dialog.
        if (Object.keys(errors).length === 0) retry.retryAll(limits, onClose);
      }}
      onClose={onClose}
    >
      <p className="mt-2 text-ink-2">
        {`${retrySummary(run.stats)}. Results and what they cost are kept.`}
        {run.status === "FINISHED" && " The run opens again."}
      </p>
      <div className="mt-4 grid gap-4 min-[420px]:grid-cols-2">
        <LimitField
          id="maxPaidCalls"
          label="Paid requests"
          step="1"
          now={count(run.limits.maxPaidCalls)}
          used={count(run.stats.attempts)}
          value={limits.maxPaidCalls}
          error={errorAt("maxPaidCalls")}
          onChange={(maxPaidCalls) => setLimits({ ...limits, maxPaidCalls })}
        />
        <LimitField
          id="maxCostUsd"
          label="Cost limit, USD"
          step="0.01"
          now={money(run.limits.maxCostUsd)}
          used={money(run.stats.costUsd)}
          value={limits.maxCostUsd}
          error={errorAt("maxCostUsd")}
          onChange={(maxCostUsd) => setLimits({ ...limits, maxCostUsd })}
        />
      </div>
    </AskDialog>
  );
}

function told(problem: Problem | null, field: string): string | undefined {
  return problem?.field === field ? (problem.detail ?? problem.title) : undefined;
}

interface LimitFieldProps {
  id: string;
  label: string;
  step: string;
  now: string;
  used: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function LimitField({ id, label, step, now, used, value, error, onChange }: LimitFieldProps) {
  return (
    <div>
      <label className="label mb-0" htmlFor={`retry-${id}`}>
        {label}
      </label>
      <p id={`retry-${id}-hint`} className="mb-1 text-xs text-ink-2 tabular">
        {`${used} used of ${now}`}
      </p>
      <input
        id={`retry-${id}`}
        type="number"
        min={0}
        step={step}
        className="field tabular"
        placeholder="keep"
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`retry-${id}-${error === undefined ? "hint" : "error"}`}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <p id={`retry-${id}-error`} className="mt-1 text-xs text-failed-ink" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
