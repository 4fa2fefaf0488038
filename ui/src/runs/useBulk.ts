import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { explain } from "../api/http.ts";
import { RUNS_KEY } from "../api/queries.ts";
import type { RunView } from "../api/types.ts";
import { askAll, isTold, type BulkAction, type BulkOutcome } from "./bulk.ts";
import { askBulk } from "./requests.ts";

/** How often the list is read while something that was accepted has not been told. */
const ASK_MS = 1_500;

/** After so many readings the page goes on waiting as patiently as for any other news. */
const READINGS = 20;

export interface Bulk {
  busy: BulkAction | null;
  outcome: BulkOutcome | null;
  /** What was asked of each run and is not told yet, by the run's id. */
  open: ReadonlyMap<string, BulkAction>;
  start: (action: BulkAction, runs: readonly RunView[]) => void;
  forget: () => void;
}

/** Asks something of several runs, and follows until the list has told what came of it. */
export function useBulk(listed: readonly RunView[]): Bulk {
  const client = useQueryClient();
  const { mutate, reset, data, variables, isPending } = useMutation({
    mutationFn: ({ action, runs }: { action: BulkAction; runs: readonly RunView[] }) =>
      askAll(action, runs, askBulk, explain),
    onSuccess: () => void client.invalidateQueries({ queryKey: RUNS_KEY }),
  });
  const open = openOf(data ?? null, listed);
  const waiting = open.size > 0;
  useEffect(() => {
    if (!waiting) return;
    let readings = 0;
    const timer = setInterval(() => {
      if (++readings > READINGS) clearInterval(timer);
      else void client.invalidateQueries({ queryKey: RUNS_KEY });
    }, ASK_MS);
    return () => clearInterval(timer);
  }, [client, waiting]);
  return {
    busy: isPending ? variables.action : null,
    outcome: data ?? null,
    open,
    start: (action, runs) => mutate({ action, runs }),
    forget: reset,
  };
}

function openOf(outcome: BulkOutcome | null, listed: readonly RunView[]): Bulk["open"] {
  if (outcome === null) return new Map();
  const now = new Map(listed.map((run) => [run.runId, run]));
  return new Map(
    outcome.accepted
      .filter(({ runId }) => !isTold(outcome.action, now.get(runId)))
      .map(({ runId }) => [runId, outcome.action]),
  );
}
