import { lazy, Suspense, useState } from "react";
import { JUDGED_FILES, RUN_FILES } from "../api/exports.ts";
import { askOfRun } from "../api/queries.ts";
import type { RunView } from "../api/types.ts";
import {
  allowedActions,
  isAnswered,
  mayRetry,
  retryableCount,
  type RunAction,
} from "../models/actions.ts";
import { count, counted } from "../models/format.ts";
import { ExportMenu } from "../scores/ExportMenu.tsx";
import { Button } from "../shell/ui.tsx";
import { Confirm } from "../shell/Confirm.tsx";
import { AskedNote } from "../shell/AskedNote.tsx";
import { mayReEvaluate, phasesAgain } from "./again.ts";
import { RetryRun, useRetry } from "./RetryRun.tsx";
import { RunAgain, useRunAgain } from "./RunAgain.tsx";
import { isWaiting, useAsked, type Asked } from "../shell/useAsked.ts";

const ReEvaluate = lazy(() => import("./ReEvaluate.tsx"));

interface Asking {
  action: RunAction;
  /** So many actions of the run had been seen when it was asked. */
  seen: number;
}

/** What may be asked of the run. Its own state, told by the log, is the answer. */
export function RunActions({ run }: { run: RunView }) {
  const [open, setOpen] = useState<"cancel" | "retry" | "again" | "re-evaluate" | null>(null);
  const { asked, ask } = useAsked(
    ({ action }: Asking) => askOfRun(run.runId, action),
    ({ action, seen }) => isAnswered(action, seen, run),
  );
  const askFor = (action: RunAction) => ask({ action, seen: run.actions.length });
  const retry = useRetry(run);
  const again = useRunAgain(run);
  const allowed = allowedActions(run);
  const busy = isWaiting(asked);
  const press = (act: () => void) => () => {
    if (!busy) act();
  };
  return (
    <div className="flex flex-col gap-1 sm:items-end">
      <div role="group" aria-label="Actions" className="flex flex-wrap gap-2">
        {(["pause", "resume"] as const)
          .filter((action) => allowed.includes(action))
          .map((action) => (
            <Button
              key={action}
              data-testid={`${action}-run`}
              className="min-w-22"
              aria-disabled={busy}
              onClick={press(() => askFor(action))}
            >
              {isAsked(asked, action) ? DOING[action] : NAMES[action]}
            </Button>
          ))}
        {mayRetry(run) && (
          <Button
            data-testid="retry-run"
            aria-disabled={isWaiting(retry.asked)}
            onClick={() => {
              if (!isWaiting(retry.asked)) setOpen("retry");
            }}
          >
            {isWaiting(retry.asked) ? "Retrying…" : "Retry failed"}
            <span className="font-normal text-ink-2 tabular">
              {count(retryableCount(run.stats))}
            </span>
          </Button>
        )}
        {phasesAgain(run).length > 0 && (
          <Button
            data-testid="run-again"
            aria-disabled={isWaiting(again.asked)}
            onClick={() => {
              if (!isWaiting(again.asked)) setOpen("again");
            }}
          >
            {isWaiting(again.asked) ? "Opening…" : "Run a phase anew"}
          </Button>
        )}
        {mayReEvaluate(run) && run.spec !== null && (
          <Button data-testid="re-evaluate" onClick={() => setOpen("re-evaluate")}>
            Re-evaluate
          </Button>
        )}
        <ExportMenu
          runId={run.runId}
          offers={run.spec?.evaluation == null ? RUN_FILES : EVERY_FILE}
          testid="export-run"
        />
        {allowed.includes("cancel") && (
          <Button
            look="danger"
            data-testid="cancel-run"
            aria-disabled={busy || run.status === "CANCELLING"}
            onClick={press(() => {
              if (run.status !== "CANCELLING") setOpen("cancel");
            })}
          >
            {isAsked(asked, "cancel") || run.status === "CANCELLING" ? "Cancelling…" : "Cancel run"}
          </Button>
        )}
      </div>
      <AskedNote
        asked={asked}
        subject={({ action }) => `The ${action}`}
        className="sm:text-right"
      />
      {open !== "retry" && (
        <AskedNote asked={retry.asked} subject={() => "The retry"} className="sm:text-right" />
      )}
      {open === "cancel" && (
        <Confirm
          title="Cancel this run?"
          yes="Cancel run"
          no="Keep running"
          testid="confirm-cancel"
          onAnswer={(yes) => {
            setOpen(null);
            if (yes) askFor("cancel");
          }}
        >
          {`${counted(run.stats.inFlight, "call")} in flight will be aborted and ${counted(run.stats.queued, "queued call")} will not start. What is finished stays.`}
        </Confirm>
      )}
      {open === "again" && <RunAgain run={run} again={again} onClose={() => setOpen(null)} />}
      {open === "re-evaluate" && run.spec !== null && (
        <Suspense fallback={null}>
          <ReEvaluate run={run} spec={run.spec} onClose={() => setOpen(null)} />
        </Suspense>
      )}
      {open === "retry" && <RetryRun run={run} retry={retry} onClose={() => setOpen(null)} />}
    </div>
  );
}

const EVERY_FILE = [...RUN_FILES, ...JUDGED_FILES];
const NAMES = { pause: "Pause", resume: "Resume" };
const DOING = { pause: "Pausing…", resume: "Resuming…" };

function isAsked(asked: Asked<Asking>, action: RunAction): boolean {
  return isWaiting(asked) && asked.kind !== "idle" && asked.what.action === action;
}
