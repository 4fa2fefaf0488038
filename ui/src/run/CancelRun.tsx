import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { explain } from "../api/http.ts";
import { cancelRun } from "../api/queries.ts";
import type { RunView } from "../api/types.ts";
import { counted } from "../models/format.ts";
import { Button } from "../shell/ui.tsx";
import { useDialog } from "../shell/useDialog.ts";

/** Cancelling costs what is already paid, so it asks once; the run's own state tells the rest. */
export function CancelRun({ run }: { run: RunView }) {
  const [asking, setAsking] = useState(false);
  const cancel = useMutation({ mutationFn: () => cancelRun(run.runId) });
  const waiting = cancel.isPending || cancel.isSuccess || run.status === "CANCELLING";
  return (
    <div className="flex flex-col items-end gap-1">
      <Button
        look="danger"
        data-testid="cancel-run"
        aria-disabled={waiting}
        onClick={() => {
          if (!waiting) setAsking(true);
        }}
      >
        {waiting ? "Cancelling…" : "Cancel run"}
      </Button>
      {cancel.isError && (
        <p role="alert" className="max-w-60 text-right text-xs text-failed-ink">
          {explain(cancel.error)}
        </p>
      )}
      {asking && (
        <Confirm
          run={run}
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) cancel.mutate();
          }}
        />
      )}
    </div>
  );
}

function Confirm({ run, onAnswer }: { run: RunView; onAnswer: (yes: boolean) => void }) {
  const dialog = useDialog();
  const { queued, inFlight } = run.stats;
  return (
    <dialog
      ref={dialog}
      aria-labelledby="cancel-title"
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
      className="card m-auto w-[min(26rem,calc(100vw-2rem))] p-5 text-sm text-ink shadow-raised"
    >
      <h2 id="cancel-title" className="text-base font-semibold">
        Cancel this run?
      </h2>
      <p className="mt-2 text-ink-2">
        {`${counted(inFlight, "call")} in flight will be aborted and ${counted(queued, "queued call")} will not start. What is finished stays.`}
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={() => onAnswer(false)}>Keep running</Button>
        <Button look="danger" data-testid="confirm-cancel" onClick={() => onAnswer(true)}>
          Cancel run
        </Button>
      </div>
    </dialog>
  );
}
