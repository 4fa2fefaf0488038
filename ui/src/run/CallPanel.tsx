import type { CallView, RunView } from "../api/types.ts";
import { words } from "../models/format.ts";
import { Badge, Button } from "../shell/ui.tsx";
import { useDialog } from "../shell/useDialog.ts";
import { CallActions } from "./CallActions.tsx";
import { stateLabel } from "./CallCells.tsx";
import { CallDetails } from "./CallDetails.tsx";

interface CallPanelProps {
  callId: string;
  calls: ReadonlyMap<string, CallView>;
  run: RunView;
  onClose: () => void;
  /** Asks for the console lines of the call. */
  onConsole: (callId: string) => void;
}

/** Everything that is known of one call, beside the run that goes on behind it. */
export function CallPanel({ callId, calls, run, onClose, onConsole }: CallPanelProps) {
  const dialog = useDialog();
  const call = calls.get(callId);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="call-title"
      data-testid="call-panel"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="panel-in my-0 mr-0 ml-auto h-dvh max-h-none w-[min(42rem,100vw)] max-w-none overflow-y-auto overscroll-contain border-l border-line bg-surface text-sm text-ink shadow-raised"
    >
      <div className="sticky top-0 z-10 border-b border-line bg-surface px-5 py-4">
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <h2 id="call-title" className="text-base font-semibold wrap-anywhere">
              {call?.document ?? "Unknown call"}
            </h2>
            {call !== undefined && (
              <p className="mt-0.5 font-mono text-xs text-ink-2 wrap-anywhere">{placeOf(call)}</p>
            )}
          </div>
          {call !== undefined && <Badge label={stateLabel(call.state)} testid="call-state" />}
          <Button onClick={onClose} aria-label="Close the details">
            Close
          </Button>
        </div>
        {call !== undefined && (
          <CallActions call={call} run={run} onConsole={() => onConsole(callId)} />
        )}
      </div>
      {call === undefined ? (
        <p className="px-5 py-6 text-ink-2">
          This run has no call <code className="font-mono text-ink wrap-anywhere">{callId}</code>.
        </p>
      ) : (
        <CallDetails call={call} run={run} />
      )}
    </dialog>
  );
}

function placeOf({ phase, model, iteration }: CallView): string {
  const before = phase === null || phase === "GENERATION" ? "" : `${words(phase)} · `;
  return `${before}${model ?? "unknown model"} · iteration ${iteration}`;
}
