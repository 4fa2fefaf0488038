import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { explain } from "../api/http.ts";
import { modelsQuery } from "../api/queries.ts";
import type { CatalogueModel, Demand, Problem } from "../api/types.ts";
import { count, price, sentence } from "../models/format.ts";
import { Button, Card, Skeleton } from "../shell/ui.tsx";
import { FieldError, invalid } from "./fieldError.tsx";
import {
  DEMANDS,
  entryOf,
  firstChoice,
  modelRows,
  type FormModel,
  type NewRunForm,
} from "./form.ts";

interface ModelsFieldProps {
  models: NewRunForm["models"];
  problem: Problem | null;
  onChange: (models: NewRunForm["models"]) => void;
}

export function ModelsField({ models, problem, onChange }: ModelsFieldProps) {
  const catalogue = useQuery(modelsQuery);
  const entries = catalogue.data?.models ?? [];
  const chosen = Object.keys(models);
  const toggle = (id: string) => {
    const { [id]: present, ...others } = models;
    onChange(
      present === undefined ? { ...models, [id]: firstChoice(entryOf(entries, id)) } : others,
    );
  };
  return (
    <Card
      id="models"
      title={`Models (${count(chosen.length)} chosen)`}
      aside={<span className="text-xs text-ink-2">Prices in USD per million tokens</span>}
    >
      <div className="border-t border-line p-4">
        <div {...invalid(problem, "generation.models")} tabIndex={-1} className="outline-none">
          <FieldError problem={problem} field="generation.models" />
        </div>
        {catalogue.isError && (
          <p role="alert" className="mb-3 flex flex-wrap items-center gap-3 text-failed-ink">
            {`The list of models cannot be read: ${explain(catalogue.error)}`}
            <Button onClick={() => void catalogue.refetch()}>Try again</Button>
          </p>
        )}
        <ul className="-mx-1 flex max-h-[26rem] flex-col gap-2 overflow-y-auto px-1 py-0.5">
          {modelRows(entries, chosen).map((id) => (
            <ModelRow
              key={id}
              id={id}
              entry={entryOf(entries, id)}
              model={models[id]}
              field={`generation.models[${chosen.indexOf(id)}]`}
              problem={problem}
              onToggle={() => toggle(id)}
              onChange={(model) => onChange({ ...models, [id]: model })}
            />
          ))}
          {catalogue.isPending && <Skeleton className="h-11" />}
        </ul>
        <OtherModel taken={chosen} onAdd={toggle} />
      </div>
    </Card>
  );
}

interface ModelRowProps {
  id: string;
  entry: CatalogueModel | undefined;
  model: FormModel | undefined;
  field: string;
  problem: Problem | null;
  onToggle: () => void;
  onChange: (model: FormModel) => void;
}

function ModelRow({ id, entry, model, field, problem, onToggle, onChange }: ModelRowProps) {
  return (
    <li
      className={`rounded-lg border p-3 ${model === undefined ? "border-line" : "border-line-strong/50 bg-canvas"}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <label className="flex min-w-0 items-center gap-2.5">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-(--accent)"
            checked={model !== undefined}
            onChange={onToggle}
            {...invalid(problem, `${field}.model`)}
          />
          <span className="min-w-0 font-mono text-xs wrap-anywhere">{id}</span>
        </label>
        <span className="text-xs whitespace-nowrap text-ink-2 tabular">{priceText(entry)}</span>
      </div>
      <FieldError problem={problem} field={`${field}.model`} />
      <FieldError problem={problem} field={field} />
      {model !== undefined && (
        <ModelSettings id={id} model={model} field={field} problem={problem} onChange={onChange} />
      )}
    </li>
  );
}

function priceText(entry: CatalogueModel | undefined): string {
  if (entry === undefined) return "not in the catalogue";
  return `${price(entry.inputUsdPerMillion)} in · ${price(entry.outputUsdPerMillion)} out`;
}

interface ModelSettingsProps {
  id: string;
  model: FormModel;
  field: string;
  problem: Problem | null;
  onChange: (model: FormModel) => void;
}

const NUMBERS = [
  { name: "iterations", label: "Iterations" },
  { name: "maxOutputTokens", label: "Max output tokens" },
] as const;

const CHOICES = [
  { name: "grounding", label: "Grounding" },
  { name: "reasoning", label: "Reasoning" },
] as const;

function ModelSettings({ id, model, field, problem, onChange }: ModelSettingsProps) {
  return (
    <div className="mt-3 grid grid-cols-2 gap-3 sm:grid-cols-4">
      {NUMBERS.map(({ name, label }) => (
        <label key={name} className="block min-w-0 text-xs text-ink-2">
          {label}
          <span className="sr-only">{` of ${id}`}</span>
          <input
            type="number"
            min={1}
            className="field mt-1 tabular"
            value={model[name]}
            onChange={(event) => onChange({ ...model, [name]: event.target.value })}
            {...invalid(problem, `${field}.${name}`)}
          />
          <FieldError problem={problem} field={`${field}.${name}`} />
        </label>
      ))}
      {CHOICES.map(({ name, label }) => (
        <label key={name} className="block min-w-0 text-xs text-ink-2">
          {label}
          <span className="sr-only">{` of ${id}`}</span>
          <select
            className="field mt-1"
            value={model[name]}
            onChange={(event) => onChange({ ...model, [name]: event.target.value as Demand })}
            {...invalid(problem, `${field}.${name}`)}
          >
            {DEMANDS.map((demand) => (
              <option key={demand} value={demand}>
                {sentence(demand)}
              </option>
            ))}
          </select>
          <FieldError problem={problem} field={`${field}.${name}`} />
        </label>
      ))}
    </div>
  );
}

/** Local servers offer models that no catalogue lists. */
function OtherModel({ taken, onAdd }: { taken: readonly string[]; onAdd: (id: string) => void }) {
  const [text, setText] = useState("");
  const id = text.trim();
  const ready = /^[^:\s]+:\S+$/.test(id) && !taken.includes(id);
  const add = () => {
    if (!ready) return;
    onAdd(id);
    setText("");
  };
  return (
    <div className="mt-3 flex items-end gap-2">
      <label className="min-w-0 flex-1 text-xs text-ink-2">
        Another model, as provider:model
        <input
          className="field mt-1 font-mono text-xs text-ink"
          value={text}
          placeholder="openai-compatible:my-model"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
      </label>
      <Button className="min-h-[2.15rem]" aria-disabled={!ready} onClick={add}>
        Add model
      </Button>
    </div>
  );
}
