import { useState } from "react";
import { retryRun } from "../api/queries.ts";
import type { Phase, RunView } from "../api/types.ts";
import { isAnswered } from "../models/actions.ts";
import { counted, money } from "../models/format.ts";
import { phaseName } from "../models/phases.ts";
import { isWaiting, useAsked, type Asking } from "../shell/useAsked.ts";
import { phasesAgain } from "./again.ts";
import { AskDialog } from "./AskDialog.tsx";

interface Again {
  from: Phase;
  /** So many actions of the run had been seen when it was asked. */
  seen: number;
}

/** Asks for phases anew; the log has answered when it tells the request. */
export function useRunAgain(run: RunView) {
  return useAsked(
    ({ from }: Again) => retryRun(run.runId, { from }),
    ({ seen }) => isAnswered("retry", seen, run),
  );
}

interface RunAgainProps {
  run: RunView;
  again: Asking<Again>;
  onClose: () => void;
}

/** From which phase on a judged run is run anew, with what is given up for it. */
export function RunAgain({ run, again, onClose }: RunAgainProps) {
  const phases = phasesAgain(run);
  const [from, setFrom] = useState(phases[0]?.phase ?? "SINGLE_EVAL");
  const { asked, ask } = again;
  return (
    <AskDialog
      id="again"
      title="Run phases anew?"
      yes="Run anew"
      busy={isWaiting(asked)}
      error={asked.kind === "refused" ? asked.error : null}
      onSubmit={() => ask({ from, seen: run.actions.length }, onClose)}
      onClose={onClose}
    >
      <p className="mt-2 text-ink-2">
        Every call of the phase and of those after it is made again, also what succeeded. Documents
        are kept; what was spent stays in the cost.
      </p>
      <fieldset className="mt-4 flex flex-col gap-2">
        <legend className="label">From</legend>
        {phases.map(({ phase, calls, spentUsd }) => (
          <label key={phase} className="flex min-h-6 items-baseline gap-3">
            <input
              type="radio"
              name="from"
              className="size-4 shrink-0 self-center accent-(--accent)"
              checked={from === phase}
              onChange={() => setFrom(phase)}
            />
            <span className="flex-1">{phaseName(phase)}</span>
            <span className="text-xs text-ink-2 tabular">
              {`${counted(calls, "call")}, ${money(spentUsd)} spent`}
            </span>
          </label>
        ))}
      </fieldset>
    </AskDialog>
  );
}
