import { useId, useState } from "react";
import { exportUrl, JUDGED_FILES, type Offer } from "../api/exports.ts";
import { Button, Chevron } from "../shell/ui.tsx";
import { Popover } from "./Popover.tsx";
import { useDismiss } from "./useDismiss.ts";

interface ExportMenuProps {
  runId: string;
  offers?: readonly Offer[];
  testid?: string;
}

/** Files of a run, what they hold by rows and their forms beside each other. */
export function ExportMenu({ runId, offers = JUDGED_FILES, testid = "export" }: ExportMenuProps) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => {
    anchor?.focus();
    setAnchor(null);
  };
  // There are several such menus on a page: each takes a press on another one for one outside.
  useDismiss(anchor !== null, `[id="${id}"],[data-export="${id}"]`, close);
  return (
    <>
      <Button
        data-export={id}
        data-testid={testid}
        aria-expanded={anchor !== null}
        aria-controls={anchor === null ? undefined : id}
        onClick={(event) => setAnchor(anchor === null ? event.currentTarget : null)}
      >
        Export
        <Chevron className="rotate-90" />
      </Button>
      {anchor !== null && (
        <Popover id={id} anchor={anchor} role="group" label="Export" className="w-max">
          <ul className="flex flex-col gap-3 text-sm">
            {offers.map(({ label, files }) => (
              <li key={label} className="flex items-center justify-between gap-4">
                <span className="font-medium">{label}</span>
                <span className="flex gap-1">
                  {files.map(({ form, path }) => (
                    <a
                      key={form}
                      href={exportUrl(runId, path)}
                      download
                      className="chip inline-flex items-center border-line-strong! text-ink!"
                      aria-label={`${label} as ${form}`}
                    >
                      {form}
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
