import { useQuery } from "@tanstack/react-query";
import { explain } from "../api/http.ts";
import { modelsQuery } from "../api/queries.ts";
import type { Problem } from "../api/types.ts";
import { count } from "../models/format.ts";
import { Button, Card, Skeleton } from "../shell/ui.tsx";
import { firstChoice, modelRows, type NewRunForm } from "./form.ts";
import type { FormModel } from "./judging.ts";
import { ModelChoices, type Settings } from "./ModelChoices.tsx";

interface ModelsFieldProps {
  models: NewRunForm["models"];
  problem: Problem | null;
  onChange: (models: NewRunForm["models"]) => void;
}

export const AUTHOR_SETTINGS: Settings<FormModel> = {
  numbers: [
    { name: "iterations", label: "Iterations" },
    { name: "maxOutputTokens", label: "Max output tokens" },
  ],
  demands: [
    { name: "grounding", label: "Grounding" },
    { name: "reasoning", label: "Reasoning" },
  ],
};

export function ModelsField({ models, problem, onChange }: ModelsFieldProps) {
  const catalogue = useQuery(modelsQuery);
  const entries = catalogue.data?.models ?? [];
  const chosen = Object.keys(models);
  return (
    <Card
      id="models"
      title={`Models (${count(chosen.length)} chosen)`}
      aside={<span className="text-xs text-ink-2">Prices in USD per million tokens</span>}
    >
      <div className="border-t border-line p-4">
        {catalogue.isError && (
          <p role="alert" className="mb-3 flex flex-wrap items-center gap-3 text-failed-ink">
            {`The list of models cannot be read: ${explain(catalogue.error)}`}
            <Button onClick={() => void catalogue.refetch()}>Try again</Button>
          </p>
        )}
        {catalogue.isPending && <Skeleton className="mb-2 h-11" />}
        <ModelChoices
          rows={modelRows(entries, chosen)}
          chosen={models}
          catalogue={entries}
          settings={AUTHOR_SETTINGS}
          first={firstChoice}
          field="generation.models"
          problem={problem}
          addLabel="Another model, as provider:model"
          onChange={onChange}
        />
      </div>
    </Card>
  );
}
