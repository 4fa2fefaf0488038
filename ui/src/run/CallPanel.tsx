import type { CallView, RunView } from "../api/types.ts";
import { phaseName } from "../models/phases.ts";
import { Badge } from "../shell/ui.tsx";
import { CallActions } from "./CallActions.tsx";
import { stateLabel } from "./CallCells.tsx";
import { CallDetails } from "./CallDetails.tsx";
import { SidePanel } from "./SidePanel.tsx";

interface CallPanelProps {
  callId: string;
  calls: ReadonlyMap<string, CallView>;
  run: RunView;
  onClose: () => void;
  /** Shows another call in its place. */
  onOpen: (callId: string) => void;
  /** Asks for the console lines of the call. */
  onConsole: (callId: string) => void;
}

/** Everything that is known of one call, beside the run that goes on behind it. */
export function CallPanel({ callId, calls, run, onClose, onOpen, onConsole }: CallPanelProps) {
  const call = calls.get(callId);
  return (
    <SidePanel
      id="call"
      title={call?.document ?? "Unknown call"}
      subtitle={call === undefined ? undefined : placeOf(call)}
      aside={call !== undefined && <Badge label={stateLabel(call.state)} testid="call-state" />}
      actions={
        call !== undefined && (
          <CallActions call={call} run={run} onConsole={() => onConsole(callId)} />
        )
      }
      onClose={onClose}
    >
      {call === undefined ? (
        <p className="px-5 py-6 text-ink-2">
          This run has no call <code className="font-mono text-ink wrap-anywhere">{callId}</code>.
        </p>
      ) : (
        <CallDetails call={call} run={run} calls={calls} onOpen={onOpen} />
      )}
    </SidePanel>
  );
}

function placeOf({ phase, model, iteration }: CallView): string {
  const before = phase === null || phase === "GENERATION" ? "" : `${phaseName(phase)} · `;
  return `${before}${model ?? "unknown model"} · iteration ${iteration}`;
}
