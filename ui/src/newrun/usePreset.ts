import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { explain } from "../api/http.ts";
import type { Preset, Submission } from "../api/types.ts";
import { toSubmission, type NewRunForm } from "./form.ts";
import { fromSubmission } from "./fromSubmission.ts";
import { randomId } from "./ids.ts";
import {
  deletePreset,
  isConflict,
  latestPreset,
  PRESETS_KEY,
  savePreset,
} from "./presetRequests.ts";

/** Which preset the form came from; null before one was loaded or saved. */
export interface HeldPreset {
  name: string;
  version: number;
  savedAt: string;
  /** What the form held then: whether it was changed since is a question of text. */
  text: string;
}

/** What was last done with presets or files, for the person who did it. */
export type Told =
  | { kind: "done"; text: string }
  | { kind: "failed"; text: string }
  | { kind: "left-out"; text: string; items: string[] };

interface Saving {
  name: string;
  basedOn: number | null;
  submission: Submission;
}

export type PresetState = ReturnType<typeof usePreset>;

export function usePreset(form: NewRunForm, onLoad: (form: NewRunForm) => void) {
  const client = useQueryClient();
  const [held, setHeld] = useState<HeldPreset | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const [conflict, setConflict] = useState<Saving | null>(null);
  const renew = () => void client.invalidateQueries({ queryKey: PRESETS_KEY });

  const load = (submission: Submission, what: string, missing: string[] = []) => {
    const { form: read, leftOut } = fromSubmission(submission, randomId);
    onLoad(read);
    const items = [...missing, ...leftOut];
    setTold(
      items.length === 0
        ? { kind: "done", text: `${what} is loaded.` }
        : { kind: "left-out", text: `${what} is loaded, but for:`, items },
    );
    return textOf(read);
  };
  const hold = ({ name, version, savedAt }: Preset, text: string) =>
    setHeld({ name, version, savedAt, text });

  const saving = useMutation({
    mutationFn: ({ name, basedOn, submission }: Saving) => savePreset(name, basedOn, submission),
    onSuccess: (preset, { submission }) => {
      renew();
      setConflict(null);
      hold(preset, JSON.stringify(submission));
      setTold({ kind: "done", text: `Saved: ${preset.name}, version ${preset.version}.` });
    },
    onError: (error, asked) => {
      setConflict(isConflict(error) ? asked : null);
      setTold(isConflict(error) ? null : { kind: "failed", text: `Not saved: ${explain(error)}` });
    },
  });
  const save = (name: string, basedOn: number | null, submission = toSubmission(form)) => {
    if (!saving.isPending) saving.mutate({ name, basedOn, submission });
  };
  const overwrite = useMutation({
    mutationFn: async ({ name, submission }: Saving) =>
      savePreset(name, (await latestPreset(name)).version, submission),
    onSuccess: (preset, asked) => {
      renew();
      setConflict(null);
      hold(preset, JSON.stringify(asked.submission));
      setTold({
        kind: "done",
        text: `Overwritten: ${preset.name}, now version ${preset.version}.`,
      });
    },
  });
  const removing = useMutation({
    mutationFn: deletePreset,
    onSuccess: (_nothing, name) => {
      renew();
      setHeld(null);
      setTold({ kind: "done", text: `${name} is deleted; the form stays as it is.` });
    },
    onError: (error) => setTold({ kind: "failed", text: `Not deleted: ${explain(error)}` }),
  });
  return {
    held,
    told,
    setTold,
    conflict,
    settleConflict: () => {
      overwrite.reset();
      setConflict(null);
    },
    busy: saving.isPending || overwrite.isPending || removing.isPending,
    changed: held !== null && held.text !== textOf(form),
    load: (preset: Preset) =>
      hold(preset, load(preset.submission, `${preset.name}, version ${preset.version},`)),
    importFile: (submission: Submission, file: string, paths: string[]) => {
      setHeld(null);
      load(
        submission,
        file,
        paths.map((path) => `${path}: add this document yourself, a page cannot open paths`),
      );
    },
    save,
    overwrite: () => {
      if (conflict !== null && !overwrite.isPending) overwrite.mutate(conflict);
    },
    overwriteError: overwrite.error,
    remove: removing.mutate,
  };
}

function textOf(form: NewRunForm): string {
  return JSON.stringify(toSubmission(form));
}
