import { useState, type ReactNode } from "react";
import { explain } from "../api/http.ts";
import { Button } from "../shell/ui.tsx";
import { useDialog } from "../shell/useDialog.ts";

/** As the gateway wants a name. */
const LONGEST = 100;

interface NameDialogProps {
  title: string;
  yes: string;
  suggestion: string;
  /** Null when nothing shall be saved. */
  onAnswer: (name: string | null) => void;
}

export function NameDialog({ title, yes, suggestion, onAnswer }: NameDialogProps) {
  const [name, setName] = useState(suggestion);
  return (
    <PresetDialog title={title} testid="name-dialog" onCancel={() => onAnswer(null)}>
      <form
        onSubmit={(event) => {
          // The dialog stands inside the form of the page, which must not be sent.
          event.preventDefault();
          event.stopPropagation();
          if (name.trim() !== "") onAnswer(name.trim());
        }}
      >
        <NameField name={name} onChange={setName} />
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={() => onAnswer(null)}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            data-testid="confirm-name"
            aria-disabled={name.trim() === ""}
          >
            {yes}
          </Button>
        </div>
      </form>
    </PresetDialog>
  );
}

interface ConflictDialogProps {
  name: string;
  basedOn: number | null;
  suggestion: string;
  busy: boolean;
  error: Error | null;
  onOverwrite: () => void;
  onRename: (name: string) => void;
  onClose: () => void;
}

/** Somebody else was faster. Nothing is lost either way, so both ways are offered. */
export function ConflictDialog(props: ConflictDialogProps) {
  const [name, setName] = useState(props.suggestion);
  return (
    <PresetDialog
      title={
        props.basedOn === null
          ? `There is a preset “${props.name}” already`
          : `“${props.name}” was changed meanwhile`
      }
      testid="conflict-dialog"
      onCancel={props.onClose}
    >
      <p className="mt-2 text-ink-2">
        {props.basedOn === null
          ? "Saving under this name would make a new version of it."
          : `This form is based on version ${props.basedOn}, and there is a newer one. `}
        Older versions are always kept.
      </p>
      {props.error !== null && (
        <p role="alert" className="mt-2 text-failed-ink">
          {explain(props.error)}
        </p>
      )}
      <div className="mt-4 flex flex-col gap-4">
        <Button
          data-testid="overwrite-preset"
          aria-disabled={props.busy}
          onClick={props.onOverwrite}
        >
          Overwrite: make this form the newest version
        </Button>
        <form
          className="rounded-md border border-line p-3"
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            if (name.trim() !== "" && !props.busy) props.onRename(name.trim());
          }}
        >
          <NameField name={name} onChange={setName} />
          <Button
            type="submit"
            look="primary"
            className="mt-3 w-full"
            data-testid="rename-preset"
            aria-disabled={props.busy || name.trim() === "" || name.trim() === props.name}
          >
            Save under this other name
          </Button>
        </form>
        <Button onClick={props.onClose}>Cancel</Button>
      </div>
    </PresetDialog>
  );
}

function NameField({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  return (
    <label className="mt-3 block">
      <span className="label">Name of the preset</span>
      <input
        className="field"
        data-testid="preset-name"
        autoComplete="off"
        maxLength={LONGEST}
        value={name}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
      />
    </label>
  );
}

interface PresetDialogProps {
  title: string;
  testid: string;
  onCancel: () => void;
  children: ReactNode;
}

function PresetDialog({ title, testid, onCancel, children }: PresetDialogProps) {
  const dialog = useDialog();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${testid}-title`}
      data-testid={testid}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
      className="card m-auto w-[min(28rem,calc(100vw-2rem))] p-5 text-sm text-ink shadow-raised"
    >
      <h2 id={`${testid}-title`} className="text-base font-semibold wrap-anywhere">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
