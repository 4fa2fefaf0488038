import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { RunView } from "../api/types.ts";
import { counted } from "../models/format.ts";
import { Confirm } from "../shell/Confirm.tsx";
import { Button, BUTTON, BUTTON_SHAPE } from "../shell/ui.tsx";
import { appliesTo, DOING, offered, type BulkAction } from "./bulk.ts";
import { DeleteRuns } from "./DeleteRuns.tsx";

interface SelectionBarProps {
  runs: readonly RunView[];
  archived: boolean;
  busy: BulkAction | null;
  onStart: (action: BulkAction, runs: readonly RunView[]) => void;
  onClear: () => void;
}

const NAMES: Record<BulkAction, string> = {
  cancel: "Cancel",
  archive: "Archive",
  unarchive: "Unarchive",
  delete: "Delete",
};

/** What can be done with the chosen runs; each button says for how many of them it is. */
export function SelectionBar({ runs, archived, busy, onStart, onClear }: SelectionBarProps) {
  const [open, setOpen] = useState<"cancel" | "delete" | null>(null);
  const those = (action: BulkAction) => runs.filter((run) => appliesTo(action, run));
  const press = (action: BulkAction) => {
    if (busy !== null || those(action).length === 0) return;
    if (action === "cancel" || action === "delete") setOpen(action);
    else onStart(action, those(action));
  };
  const answer = (action: BulkAction, yes: boolean) => {
    setOpen(null);
    if (yes) onStart(action, those(action));
  };
  return (
    <div
      role="region"
      aria-label="Selected runs"
      data-testid="selection"
      className="bottom-bar card sticky bottom-2 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 shadow-raised!"
    >
      <p
        role="status"
        className="font-medium tabular"
      >{`${counted(runs.length, "run")} selected`}</p>
      <Button className="min-h-7 px-2 py-0 text-xs" onClick={onClear}>
        Clear
      </Button>
      <div
        role="group"
        aria-label="With the selected runs"
        className="flex flex-wrap gap-2 sm:ml-auto"
      >
        <Compare runs={runs} />
        {offered(archived).map((action) => (
          <Button
            key={action}
            look={action === "delete" ? "danger" : "quiet"}
            data-testid={`bulk-${action}`}
            aria-disabled={busy !== null || those(action).length === 0}
            title={hint(action, those(action).length, runs.length)}
            onClick={() => press(action)}
          >
            {busy === action ? DOING[action] : NAMES[action]}
            {those(action).length < runs.length && (
              <span className="font-normal tabular">{those(action).length}</span>
            )}
          </Button>
        ))}
      </div>
      {open === "cancel" && (
        <Confirm
          title={`Cancel ${counted(those("cancel").length, "run")}?`}
          yes="Cancel runs"
          no="Keep running"
          testid="confirm-bulk-cancel"
          onAnswer={(yes) => answer("cancel", yes)}
        >
          Their calls in flight are aborted and queued ones do not start. What is finished stays.
        </Confirm>
      )}
      {open === "delete" && (
        <DeleteRuns
          runs={those("delete")}
          kept={runs.length - those("delete").length}
          onAnswer={(yes) => answer("delete", yes)}
        />
      )}
    </div>
  );
}

function hint(action: BulkAction, those: number, all: number): string | undefined {
  if (those === all) return undefined;
  if (action === "delete") return "Only runs that have ended can be deleted";
  return "Only runs that have not ended can be cancelled";
}

function Compare({ runs }: { runs: readonly RunView[] }) {
  const [a, b] = runs;
  if (a === undefined || b === undefined || runs.length !== 2) {
    return (
      <Button aria-disabled title="Select two runs to compare them" data-testid="compare-runs">
        Compare
      </Button>
    );
  }
  return (
    <Link
      to="/compare"
      search={{ a: a.runId, b: b.runId }}
      data-testid="compare-runs"
      className={`${BUTTON_SHAPE} ${BUTTON.quiet}`}
    >
      Compare
    </Link>
  );
}
