import { useState } from "react";
import type { RunView } from "../api/types.ts";
import { counted } from "../models/format.ts";
import { Button } from "../shell/ui.tsx";
import { useDialog } from "../shell/useDialog.ts";
import { confirmation } from "./bulk.ts";

interface DeleteRunsProps {
  runs: readonly RunView[];
  /** Chosen runs that cannot be deleted yet. */
  kept: number;
  onAnswer: (yes: boolean) => void;
}

/** Deleting cannot be taken back: it begins only when the words were typed. */
export function DeleteRuns({ runs, kept, onAnswer }: DeleteRunsProps) {
  const dialog = useDialog();
  const [typed, setTyped] = useState("");
  const wanted = confirmation(runs);
  const ready = typed.trim() === wanted.trim();
  return (
    <dialog
      ref={dialog}
      aria-labelledby="delete-title"
      data-testid="delete-dialog"
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
      className="card m-auto w-[min(30rem,calc(100vw-2rem))] p-5 text-sm text-ink shadow-raised"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onAnswer(true);
        }}
      >
        <h2 id="delete-title" className="text-base font-semibold">
          {`Delete ${counted(runs.length, "run")} for good?`}
        </h2>
        <ul
          // It scrolls when it is long, by keyboard too.
          tabIndex={runs.length > 4 ? 0 : undefined}
          aria-label="Runs to delete"
          className="mt-2 max-h-32 overflow-y-auto rounded-md border border-line px-3 py-1.5"
        >
          {runs.map((run) => (
            <li key={run.runId} className="truncate" title={run.name}>
              {run.name}
            </li>
          ))}
        </ul>
        <p className="mt-2 text-ink-2">
          Numbers, calls, console and texts can no longer be shown, here or to anybody else. The
          events of {runs.length === 1 ? "the run" : "these runs"} stay in the log, where nothing is
          ever erased.
          {kept > 0 &&
            ` ${counted(kept, "other run")} of the selection ${kept === 1 ? "has" : "have"} not ended and will stay.`}
        </p>
        <label className="mt-4 block">
          <span className="label wrap-anywhere">
            Type <strong className="font-semibold">{wanted}</strong> to confirm
          </span>
          <input
            className="field"
            data-testid="delete-confirmation"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={() => onAnswer(false)}>
            {runs.length === 1 ? "Keep it" : "Keep them"}
          </Button>
          <Button type="submit" look="danger" aria-disabled={!ready} data-testid="confirm-delete">
            {`Delete ${counted(runs.length, "run")}`}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
