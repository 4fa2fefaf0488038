import { Link } from "@tanstack/react-router";
import { Button } from "../shell/ui.tsx";
import { outcomeText, type BulkOutcome } from "./bulk.ts";

interface BulkNoteProps {
  outcome: BulkOutcome;
  open: number;
  onClose: () => void;
}

/** What came of an action on several runs; what was refused is told run by run. */
export function BulkNote({ outcome, open, onClose }: BulkNoteProps) {
  const { refused } = outcome;
  return (
    <div
      data-testid="bulk-note"
      className={`flex items-start gap-3 rounded-lg border px-4 py-2.5 ${refused.length > 0 ? "border-failed bg-failed-tint" : "border-line bg-surface"}`}
    >
      <div className="min-w-0 flex-1">
        <p role="status">{outcomeText(outcome, open)}</p>
        {refused.length > 0 && (
          <ul
            role="alert"
            aria-label="Refused"
            className="mt-1 max-h-40 overflow-y-auto text-failed-ink"
          >
            {refused.map(({ run, reason }) => (
              <li key={run.runId} className="wrap-anywhere">
                <Link to="/runs/$runId" params={{ runId: run.runId }} className="link font-medium">
                  {run.name}
                </Link>
                {`: ${reason}`}
              </li>
            ))}
          </ul>
        )}
      </div>
      <Button className="min-h-7 px-2 py-0 text-xs" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}
