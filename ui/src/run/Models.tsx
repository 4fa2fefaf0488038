import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { sourcesQuery } from "../api/sources.ts";
import type { CallView, Phase, RunView } from "../api/types.ts";
import {
  acceptanceOf,
  axisOf,
  modelRows,
  sortedRows,
  type Acceptance,
  type Sorting,
} from "../models/comparison.ts";
import { phaseName, phaseRows } from "../models/phases.ts";
import { Card, Scroll } from "../shell/ui.tsx";
import { useThrottled } from "../shell/useThrottled.ts";
import { ModelsHead, ModelsRow } from "./ModelsTable.tsx";

interface ModelsProps {
  run: RunView;
  calls: ReadonlyMap<string, CallView>;
}

/** How the models compare, phase by phase: what they take, what they give, what it costs. */
export function Models({ run, calls }: ModelsProps) {
  const held = useThrottled(calls, 1_000);
  const phases = phaseRows(run).filter(({ stats }) => stats !== null);
  const [chosen, setChosen] = useState<Phase | "ALL" | null>(null);
  const [sorting, setSorting] = useState<Sorting>({ by: "model", descending: false });
  // Writing and judging are different work: they are not mixed unless somebody asks for it.
  const shown = chosen ?? phases[0]?.phase ?? "ALL";
  const phase = shown === "ALL" ? null : shown;
  const acceptance = acceptanceOf(run, phase);
  const winners = useWinners(run, acceptance === "compared");
  const rows = useRows(held, phase, acceptance, winners);
  const sorted = sortedRows(rows, sorting);
  const axis = axisOf(rows);
  return (
    <Card
      id="models"
      title="Models compared"
      aside={
        phases.length > 1 && (
          <div role="group" aria-label="Phase" className="flex flex-wrap gap-1">
            {[...phases.map((each) => each.phase), "ALL" as const].map((each) => (
              <button
                key={each}
                type="button"
                className="chip"
                aria-pressed={each === shown}
                onClick={() => setChosen(each)}
              >
                {each === "ALL" ? "All phases" : phaseName(each)}
              </button>
            ))}
          </div>
        )
      }
    >
      <Scroll label="Comparison of the models">
        <table
          data-testid="models"
          className="table w-full min-w-[72rem] table-fixed border-t border-line"
        >
          <ModelsHead
            sorting={sorting}
            onSort={setSorting}
            accepted={ACCEPTED[acceptance].label}
            axis={axis}
          />
          <tbody>
            {sorted.map((row) => (
              <ModelsRow key={row.model} row={row} phase={phase} axis={axis} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="border-t border-line px-4 py-2 text-xs text-ink-2">
        {`Latency: of successful calls, from the first start to the end, retries and the waits before them included; of a call that was sent again, since then. Line: shortest to longest; box: the middle half; bar: p50; mark: p95. ${ACCEPTED[acceptance].meaning}`}
      </p>
    </Card>
  );
}

const ACCEPTED: Record<Acceptance, { label: string; meaning: string }> = {
  compared: {
    label: "Cost / compared doc",
    meaning:
      "Cost a compared document: all that the model's calls cost, the failed ones too, by its documents that reached the comparison or won.",
  },
  ok: {
    label: "Cost / ok call",
    meaning:
      "Cost an ok call: all that the model's calls cost, the failed ones too, by those that succeeded.",
  },
};

function useRows(
  calls: ModelsProps["calls"],
  phase: Phase | null,
  acceptance: Acceptance,
  winners: ReadonlySet<string>,
) {
  return useMemo(
    () => modelRows(calls, { phase, acceptance, winners }),
    [calls, phase, acceptance, winners],
  );
}

const NONE: ReadonlySet<string> = new Set();

/** A document without a rival wins without a comparison. */
function useWinners(run: RunView, wanted: boolean): ReadonlySet<string> {
  const { data } = useQuery({ ...sourcesQuery(run.runId, run.asOf), enabled: wanted });
  return useMemo(
    () =>
      data === undefined
        ? NONE
        : new Set(data.items.flatMap(({ winner }) => (winner === null ? [] : [winner.document]))),
    [data],
  );
}
