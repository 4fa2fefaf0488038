import type { ReactNode } from "react";
import { explain } from "../api/http.ts";
import { Button } from "../shell/ui.tsx";
import { useDialog } from "../shell/useDialog.ts";

interface AskDialogProps {
  /** Names the parts: `again` gives `again-dialog` and `confirm-again`. */
  id: string;
  title: string;
  yes: string;
  busy: boolean;
  /** What was refused and stands at none of the fields; null for nothing. */
  error: Error | null;
  children: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
}

/** Asks for something with a few fields; what comes of it is told by the run. */
export function AskDialog(props: AskDialogProps) {
  const { id, title, yes, busy, error, children, onSubmit, onClose } = props;
  const dialog = useDialog();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      data-testid={`${id}-dialog`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="card m-auto w-[min(30rem,calc(100vw-2rem))] p-5 text-sm text-ink shadow-raised"
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSubmit();
        }}
      >
        <h2 id={`${id}-title`} className="text-base font-semibold">
          {title}
        </h2>
        {children}
        {error !== null && (
          <p role="alert" className="mt-4 text-failed-ink wrap-anywhere">
            {explain(error)}
          </p>
        )}
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" look="primary" data-testid={`confirm-${id}`} aria-disabled={busy}>
            {busy ? "Asking…" : yes}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
