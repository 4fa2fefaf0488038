import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { explain } from "../api/http.ts";
import { modelsQuery } from "../api/queries.ts";
import { clock, counted } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Button, Card } from "../shell/ui.tsx";
import { entryOf, type NewRunForm } from "./form.ts";
import { unknownModels } from "./fromSubmission.ts";
import { PresetAsking, type Asked } from "./PresetAsking.tsx";
import { PresetFiles } from "./PresetFiles.tsx";
import { presetsQuery } from "./presetRequests.ts";
import { usePreset, type HeldPreset, type Told } from "./usePreset.ts";
import { PresetVersions } from "./PresetVersions.tsx";

interface PresetCardProps {
  form: NewRunForm;
  onLoad: (form: NewRunForm) => void;
}

/** Forms that are kept under a name, and the same as files. */
export function PresetCard({ form, onLoad }: PresetCardProps) {
  const presets = useQuery(presetsQuery);
  const preset = usePreset(form, onLoad);
  const [open, setOpen] = useState<Asked | null>(null);
  const { held, changed, busy } = preset;
  const names = (presets.data ?? []).map(({ name }) => name);
  return (
    <Card id="preset" title="Preset" aside={<PresetFiles form={form} preset={preset} />}>
      <div className="flex flex-col gap-3 border-t border-line p-4">
        <div className="flex flex-wrap items-end gap-2">
          <label className="min-w-0 flex-1 basis-56">
            <span className="sr-only">Load a preset</span>
            <select
              className="field"
              data-testid="preset"
              value={held?.name ?? ""}
              disabled={presets.data === undefined}
              onChange={(event) => {
                const chosen = presets.data?.find(({ name }) => name === event.target.value);
                if (chosen !== undefined) preset.load(chosen);
              }}
            >
              <option value="" disabled>
                {placeholderOf(presets.data?.length ?? null, presets.isError)}
              </option>
              {(presets.data ?? []).map(({ name, version }) => (
                <option key={name} value={name}>
                  {`${name} (version ${version})`}
                </option>
              ))}
            </select>
          </label>
          {held !== null && (
            <Button
              look={changed ? "primary" : "quiet"}
              data-testid="save-preset"
              aria-disabled={busy || !changed}
              title={changed ? undefined : "Nothing was changed since this version"}
              onClick={() => {
                if (changed) preset.save(held.name, held.version);
              }}
            >
              {busy ? "Saving…" : "Save"}
            </Button>
          )}
          <Button
            data-testid="save-preset-as"
            aria-disabled={busy}
            onClick={() => setOpen("save-as")}
          >
            Save as…
          </Button>
          {held !== null && (
            <>
              <Button
                aria-expanded={open === "versions"}
                data-testid="preset-versions"
                onClick={() => setOpen(open === "versions" ? null : "versions")}
              >
                Versions
              </Button>
              <Button data-testid="duplicate-preset" onClick={() => setOpen("duplicate")}>
                Duplicate
              </Button>
              <Button look="danger" data-testid="delete-preset" onClick={() => setOpen("delete")}>
                Delete
              </Button>
            </>
          )}
        </div>
        {presets.isError && (
          <p className="flex flex-wrap items-center gap-3 text-xs text-timed-out-ink">
            {`Presets cannot be read: ${explain(presets.error)}`}
            <Button className="min-h-7 px-2 py-0" onClick={() => void presets.refetch()}>
              Try again
            </Button>
          </p>
        )}
        <Standing held={held} changed={changed} />
        {preset.told !== null && <ToldNote told={preset.told} />}
        <UnknownModels form={form} />
        {open === "versions" && held !== null && (
          <PresetVersions name={held.name} current={held.version} onLoad={preset.load} />
        )}
      </div>
      <PresetAsking
        open={open}
        names={names}
        form={form}
        preset={preset}
        onClose={() => setOpen(null)}
      />
    </Card>
  );
}

function placeholderOf(count: number | null, failed: boolean): string {
  if (count === null) return failed ? "No presets can be loaded" : "Loading presets…";
  return count === 0
    ? "No presets yet: save this form as one"
    : `Load one of ${counted(count, "preset")}…`;
}

function Standing({ held, changed }: { held: HeldPreset | null; changed: boolean }) {
  const now = useNow();
  if (held === null) return null;
  return (
    <p className="text-xs text-ink-2 wrap-anywhere" data-testid="preset-standing">
      {`${held.name}, version ${held.version}, saved `}
      <time dateTime={held.savedAt}>{clock(held.savedAt, now)}</time>
      {changed ? ", changed since then" : ""}
    </p>
  );
}

function ToldNote({ told }: { told: Told }) {
  return (
    <div
      role={told.kind === "done" ? "status" : "alert"}
      data-testid="preset-told"
      className={`text-xs wrap-anywhere ${told.kind === "done" ? "text-ink-2" : told.kind === "failed" ? "text-failed-ink" : "text-timed-out-ink"}`}
    >
      {told.text}
      {told.kind === "left-out" && (
        <ul className="mt-1 list-inside list-disc">
          {told.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A preset may be older than the catalogue: what it asks for may have gone. */
function UnknownModels({ form }: { form: NewRunForm }) {
  const catalogue = useQuery(modelsQuery).data?.models;
  if (catalogue === undefined) return null;
  const unknown = unknownModels(form, (model) => entryOf(catalogue, model) !== undefined);
  if (unknown.length === 0) return null;
  return (
    <p
      role="status"
      data-testid="unknown-models"
      className="text-xs text-timed-out-ink wrap-anywhere"
    >
      {unknown.length === 1 ? "The catalogue has no model " : "The catalogue lacks these models: "}
      <span className="font-mono">{unknown.join(", ")}</span>. Choose another in its place, or the
      run will be refused.
    </p>
  );
}
