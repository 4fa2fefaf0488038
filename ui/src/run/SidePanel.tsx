import type { ReactNode } from "react";
import { Button } from "../shell/ui.tsx";
import { useDialog } from "../shell/useDialog.ts";

interface SidePanelProps {
  id: string;
  title: string;
  subtitle?: string | undefined;
  aside?: ReactNode;
  /** A second row of the head. */
  actions?: ReactNode;
  children: ReactNode;
  onClose: () => void;
  /** False when what is inside has a scrolling part of its own. */
  scrolls?: boolean;
}

/** What is looked at beside the page that goes on behind it; the platform's own dialog. */
export function SidePanel(props: SidePanelProps) {
  const { id, title, subtitle, aside, actions, children, onClose, scrolls = true } = props;
  const dialog = useDialog();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      data-testid={`${id}-panel`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={`panel-in my-0 mr-0 ml-auto h-dvh max-h-none w-[min(42rem,100vw)] max-w-none overscroll-contain border-l border-line bg-surface text-sm text-ink shadow-raised ${scrolls ? "overflow-y-auto" : "flex-col overflow-hidden open:flex"}`}
    >
      <div className="sticky top-0 z-10 border-b border-line bg-surface px-5 py-4">
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <h2 id={`${id}-title`} className="text-base font-semibold wrap-anywhere">
              {title}
            </h2>
            {subtitle !== undefined && (
              <p className="mt-0.5 font-mono text-xs text-ink-2 wrap-anywhere">{subtitle}</p>
            )}
          </div>
          {aside}
          <Button onClick={onClose} aria-label="Close the details">
            Close
          </Button>
        </div>
        {actions}
      </div>
      {children}
    </dialog>
  );
}
