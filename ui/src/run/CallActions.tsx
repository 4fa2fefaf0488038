import { useState } from "react";
import { cancelCall } from "../api/queries.ts";
import type { CallView, RunView } from "../api/types.ts";
import { isRetryable } from "../models/actions.ts";
import { isFinished } from "../models/calls.ts";
import { Button } from "../shell/ui.tsx";
import { AskedNote } from "../shell/AskedNote.tsx";
import { useRetry } from "./RetryRun.tsx";
import { isWaiting, useAsked } from "../shell/useAsked.ts";

interface CallActionsProps {
  call: CallView;
  run: RunView;
  onConsole: () => void;
}

/** What may be asked of one call; the call's own state is the answer. */
export function CallActions({ call, run, onConsole }: CallActionsProps) {
  const cancel = useAsked(
    (callId: string) => cancelCall(run.runId, callId),
    () => isFinished(call),
  );
  const retry = useRetry(run);
  return (
    <div className="mt-3">
      <div className="flex flex-wrap gap-2">
        {!isFinished(call) && call.state !== "STRAY" && (
          <CancelCall
            call={call}
            busy={isWaiting(cancel.asked)}
            onCancel={() => cancel.ask(call.callId)}
          />
        )}
        {isRetryable(call) && run.status !== "CANCELLING" && (
          <Button
            data-testid="retry-call"
            aria-disabled={isWaiting(retry.asked)}
            onClick={() => {
              if (!isWaiting(retry.asked)) retry.retryOne(call.callId);
            }}
          >
            {isWaiting(retry.asked) ? "Retrying…" : "Retry call"}
          </Button>
        )}
        <Button onClick={onConsole}>Console lines</Button>
      </div>
      <AskedNote asked={cancel.asked} subject={() => "The cancel"} />
      <AskedNote asked={retry.asked} subject={() => "The retry"} />
    </div>
  );
}

interface CancelCallProps {
  call: CallView;
  busy: boolean;
  onCancel: () => void;
}

/** Asks once, in place: what a call under way has cost is lost with it. */
function CancelCall({ call, busy, onCancel }: CancelCallProps) {
  const [asking, setAsking] = useState(false);
  if (!asking || busy) {
    return (
      <Button
        look="danger"
        data-testid="cancel-call"
        aria-disabled={busy}
        onClick={() => {
          if (!busy) setAsking(true);
        }}
      >
        {busy ? "Cancelling…" : "Cancel call"}
      </Button>
    );
  }
  return (
    <div
      role="group"
      aria-label="Cancel this call?"
      className="flex flex-wrap items-center gap-2 rounded-md bg-failed-tint px-2 py-1"
    >
      <span className="text-failed-ink">
        {call.state === "IN_FLIGHT" ? "It is aborted; its cost stays." : "It will not start."}
      </span>
      <Button onClick={() => setAsking(false)}>Keep</Button>
      <Button
        look="danger"
        data-testid="confirm-cancel-call"
        onClick={() => {
          setAsking(false);
          onCancel();
        }}
      >
        Cancel call
      </Button>
    </div>
  );
}
