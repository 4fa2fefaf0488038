import { useId, useState } from "react";
import { exportUrl, type Exported, type ExportFormat } from "../api/sources.ts";
import { Button, Chevron } from "../shell/ui.tsx";
import { Popover } from "./Popover.tsx";
import { useDismiss } from "./useDismiss.ts";

const WHAT: { what: Exported; label: string }[] = [
  { what: "scores", label: "Scores" },
  { what: "votes", label: "Votes" },
];
const FORMATS: ExportFormat[] = ["csv", "json", "jsonl"];

/** One row for each score or vote, in three formats. */
export function ExportMenu({ runId }: { runId: string }) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => {
    anchor?.focus();
    setAnchor(null);
  };
  useDismiss(anchor !== null, ".floating,[data-export]", close);
  return (
    <>
      <Button
        data-export
        data-testid="export"
        aria-expanded={anchor !== null}
        aria-controls={anchor === null ? undefined : id}
        onClick={(event) => setAnchor(anchor === null ? event.currentTarget : null)}
      >
        Export
        <Chevron className="rotate-90" />
      </Button>
      {anchor !== null && (
        <Popover id={id} anchor={anchor} role="group" label="Export" className="w-max">
          <ul className="flex flex-col gap-3">
            {WHAT.map(({ what, label }) => (
              <li key={what} className="flex items-center justify-between gap-4">
                <span className="font-medium">{label}</span>
                <span className="flex gap-1">
                  {FORMATS.map((format) => (
                    <a
                      key={format}
                      href={exportUrl(runId, what, format)}
                      download
                      className="chip inline-flex items-center border-line-strong! text-ink!"
                      aria-label={`${label} as ${format.toUpperCase()}`}
                    >
                      {format.toUpperCase()}
                    </a>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </Popover>
      )}
    </>
  );
}
