import { useState } from "react";
import { ApiError, explain } from "../api/http.ts";
import type { LaneLimits } from "../api/types.ts";
import { laneErrors, laneForm, laneLimits, type LaneField } from "../models/lanes.ts";
import { Button } from "../shell/ui.tsx";
import { isWaiting, type Asked } from "../shell/useAsked.ts";

interface LaneFormProps {
  name: string;
  limits: LaneLimits;
  asked: Asked<LaneLimits | null>;
  onSave: (limits: LaneLimits) => void;
  /** Null when the limits are the configured ones. */
  onReset: (() => void) | null;
  onClose: () => void;
}

const FIELDS: { name: LaneField; label: string; hint: string }[] = [
  { name: "concurrency", label: "Calls at a time", hint: "Over all runs and workers" },
  { name: "requestsPerMinute", label: "Requests a minute", hint: "Empty for no limit" },
  { name: "tokensPerMinute", label: "Tokens a minute", hint: "Input and output together" },
];

export function LaneForm({ name, limits, asked, onSave, onReset, onClose }: LaneFormProps) {
  const [form, setForm] = useState(() => laneForm(limits));
  const [tried, setTried] = useState(false);
  const errors = laneErrors(form);
  const busy = isWaiting(asked);
  const problem =
    asked.kind === "refused" && asked.error instanceof ApiError ? asked.error.problem : null;
  const errorAt = (field: LaneField) =>
    (tried ? errors[field] : undefined) ?? (problem?.field === field ? problem.detail : undefined);
  const placed = FIELDS.some((field) => field.name === problem?.field);
  return (
    <form
      noValidate
      aria-label={`Limits of ${name}`}
      className="border-t border-line bg-canvas p-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(errors).length === 0 && !busy) onSave(laneLimits(form));
      }}
    >
      <div className="grid gap-4 sm:grid-cols-3 xl:grid-cols-[repeat(3,12rem)_auto]">
        {FIELDS.map((field) => (
          <NumberField
            key={field.name}
            id={`${name}-${field.name}`}
            label={field.label}
            hint={field.hint}
            value={form[field.name]}
            error={errorAt(field.name)}
            onChange={(value) => setForm({ ...form, [field.name]: value })}
          />
        ))}
        <label className="flex items-start gap-2.5 xl:mt-7">
          <input
            type="checkbox"
            className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            checked={form.adaptive}
            onChange={(event) => setForm({ ...form, adaptive: event.target.checked })}
          />
          <span className="font-medium">
            Adaptive
            <span className="block text-xs font-normal text-ink-2">
              Fewer at a time after a rate limit, then more again
            </span>
          </span>
        </label>
      </div>
      {asked.kind === "refused" && !placed && (
        <p role="alert" className="mt-3 text-failed-ink wrap-anywhere">
          {explain(asked.error)}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button type="submit" look="primary" aria-disabled={busy}>
          {busy ? "Asking…" : "Set the limits"}
        </Button>
        {onReset !== null && (
          <Button aria-disabled={busy} onClick={onReset}>
            Reset to configured
          </Button>
        )}
        <Button onClick={onClose}>Leave as it is</Button>
      </div>
    </form>
  );
}

interface NumberFieldProps {
  id: string;
  label: string;
  hint: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function NumberField({ id, label, hint, value, error, onChange }: NumberFieldProps) {
  return (
    <div className="min-w-0">
      <label className="label mb-0" htmlFor={id}>
        {label}
      </label>
      <p id={`${id}-hint`} className="mb-1 text-xs text-ink-2">
        {hint}
      </p>
      <input
        id={id}
        type="number"
        min={1}
        step={1}
        className="field tabular"
        placeholder="no limit"
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-${error === undefined ? "hint" : "error"}`}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-xs text-failed-ink">
          {error}
        </p>
      )}
    </div>
  );
}
