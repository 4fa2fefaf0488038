import { useId, useState } from "react";
import type { CatalogueModel, Demand, Problem } from "../api/types.ts";
import { price, sentence } from "../models/format.ts";
import { Button } from "../shell/ui.tsx";
import { FieldError, invalid } from "./fieldError.tsx";
import { DEMANDS, entryOf } from "./form.ts";

/** Which of a chosen model's settings a person may change, with their names. */
export interface Settings<M> {
  numbers: readonly { name: keyof M & string; label: string }[];
  demands: readonly { name: keyof M & string; label: string }[];
}

interface ModelChoicesProps<M> {
  /** The ids to choose from, in the order in which they are shown. */
  rows: readonly string[];
  chosen: Record<string, M>;
  catalogue: readonly CatalogueModel[];
  settings: Settings<M>;
  /** How a model is set when it is first chosen. */
  first: (entry: CatalogueModel | undefined) => M;
  /** Path of the list in the submission. */
  field: string;
  problem: Problem | null;
  addLabel: string;
  onChange: (chosen: Record<string, M>) => void;
}

/** Models to choose, each with its price and, once chosen, its settings. */
export function ModelChoices<M extends { [Name in keyof M]: string }>(props: ModelChoicesProps<M>) {
  const { rows, chosen, catalogue, first, field, problem, onChange } = props;
  const ids = Object.keys(chosen);
  const toggle = (id: string) => {
    const { [id]: present, ...others } = chosen;
    onChange(present === undefined ? { ...chosen, [id]: first(entryOf(catalogue, id)) } : others);
  };
  return (
    <>
      <div {...invalid(problem, field)} tabIndex={-1} className="outline-none">
        <FieldError problem={problem} field={field} />
      </div>
      <ul className="-mx-1 flex max-h-[26rem] flex-col gap-2 overflow-y-auto px-1 py-0.5">
        {rows.map((id) => (
          <ModelRow
            key={id}
            id={id}
            entry={entryOf(catalogue, id)}
            model={chosen[id]}
            settings={props.settings}
            field={`${field}[${ids.indexOf(id)}]`}
            problem={problem}
            onToggle={() => toggle(id)}
            onChange={(model) => onChange({ ...chosen, [id]: model })}
          />
        ))}
      </ul>
      <AddModel label={props.addLabel} catalogue={catalogue} taken={ids} onAdd={toggle} />
    </>
  );
}

interface ModelRowProps<M> {
  id: string;
  entry: CatalogueModel | undefined;
  model: M | undefined;
  settings: Settings<M>;
  field: string;
  problem: Problem | null;
  onToggle: () => void;
  onChange: (model: M) => void;
}

function ModelRow<M extends { [Name in keyof M]: string }>(props: ModelRowProps<M>) {
  const { id, entry, model, field, problem, onToggle } = props;
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
      {model !== undefined && <ModelSettings {...props} model={model} />}
    </li>
  );
}

function priceText(entry: CatalogueModel | undefined): string {
  if (entry === undefined) return "not in the catalogue";
  return `${price(entry.inputUsdPerMillion)} in · ${price(entry.outputUsdPerMillion)} out`;
}

function ModelSettings<M extends { [Name in keyof M]: string }>(
  props: ModelRowProps<M> & { model: M },
) {
  const { id, model, settings, field, problem, onChange } = props;
  return (
    <div className="mt-3 grid grid-cols-2 gap-3 sm:grid-cols-4">
      {settings.numbers.map(({ name, label }) => (
        <label key={name} className="block min-w-0 text-xs text-ink-2">
          {label}
          <span className="sr-only">{` of ${id}`}</span>
          <input
            type="number"
            min={1}
            className="field mt-1 tabular"
            placeholder="default"
            value={model[name]}
            onChange={(event) => onChange({ ...model, [name]: event.target.value })}
            {...invalid(problem, `${field}.${name}`)}
          />
          <FieldError problem={problem} field={`${field}.${name}`} />
        </label>
      ))}
      {settings.demands.map(({ name, label }) => (
        <label key={name} className="block min-w-0 text-xs text-ink-2">
          {label}
          <span className="sr-only">{` of ${id}`}</span>
          <select
            className="field mt-1"
            value={model[name]}
            onChange={(event) => onChange({ ...model, [name]: event.target.value as Demand })}
            {...invalid(problem, `${field}.${name}`)}
          >
            {model[name] === "" && <option value="">Default</option>}
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

interface AddModelProps {
  label: string;
  catalogue: readonly CatalogueModel[];
  taken: readonly string[];
  onAdd: (id: string) => void;
}

/** The catalogue is suggested; local servers offer models that no catalogue lists. */
function AddModel({ label, catalogue, taken, onAdd }: AddModelProps) {
  const [text, setText] = useState("");
  const list = useId();
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
        {label}
        <input
          className="field mt-1 font-mono text-xs text-ink"
          value={text}
          list={list}
          placeholder="openai-compatible:my-model"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
      </label>
      <datalist id={list}>
        {catalogue
          .filter(({ model }) => !model.endsWith(":*") && !taken.includes(model))
          .map(({ model }) => (
            <option key={model} value={model} />
          ))}
      </datalist>
      <Button className="min-h-[2.15rem]" aria-disabled={!ready} onClick={add}>
        Add model
      </Button>
    </div>
  );
}
