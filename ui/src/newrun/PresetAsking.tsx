import type { Submission } from "../api/types.ts";
import { Confirm } from "../shell/Confirm.tsx";
import { freeName, type NewRunForm } from "./form.ts";
import { ConflictDialog, NameDialog } from "./PresetDialogs.tsx";
import type { HeldPreset, PresetState } from "./usePreset.ts";

export type Asked = "save-as" | "duplicate" | "delete" | "versions";

interface PresetAskingProps {
  open: Asked | null;
  names: string[];
  form: NewRunForm;
  preset: PresetState;
  onClose: () => void;
}

/** The question that is open before something is done with a preset; at most one. */
export function PresetAsking({ open, names, form, preset, onClose }: PresetAskingProps) {
  const { held, conflict } = preset;
  if (conflict !== null)
    return (
      <ConflictDialog
        name={conflict.name}
        basedOn={conflict.basedOn}
        suggestion={freeName(conflict.name, names)}
        busy={preset.busy}
        error={preset.overwriteError}
        onOverwrite={preset.overwrite}
        onRename={(name) => preset.save(name, null, conflict.submission)}
        onClose={preset.settleConflict}
      />
    );
  if (open === "save-as" || (open === "duplicate" && held !== null))
    return (
      <NameDialog
        title={open === "save-as" ? "Save the form as a preset" : "Duplicate the preset"}
        yes={open === "save-as" ? "Save" : "Duplicate"}
        suggestion={suggestionFor(open, held, form, names)}
        onAnswer={(name) => {
          onClose();
          if (name === null) return;
          // The copy is of what was saved; what was typed since then stays with the form.
          if (open === "save-as" || held === null) preset.save(name, null);
          else preset.save(name, null, JSON.parse(held.text) as Submission);
        }}
      />
    );
  if (open === "delete" && held !== null)
    return (
      <Confirm
        title={`Delete the preset ${held.name}?`}
        yes="Delete preset"
        no="Keep it"
        testid="confirm-delete-preset"
        onAnswer={(yes) => {
          onClose();
          if (yes) preset.remove(held.name);
        }}
      >
        All its versions go. Runs that were started from it, and this form, stay as they are.
      </Confirm>
    );
  return null;
}

function suggestionFor(
  open: Asked,
  held: HeldPreset | null,
  form: NewRunForm,
  names: string[],
): string {
  const from = open === "duplicate" && held !== null ? held.name : form.name.trim();
  return freeName(from === "" ? "Preset" : from, names).slice(0, 100);
}
