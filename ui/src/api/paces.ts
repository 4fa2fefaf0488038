import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { frameId } from "../stream/version.ts";
import { batched } from "./batch.ts";
import { request } from "./http.ts";
import type { RunPace, RunPaces, RunView } from "./types.ts";

const SECOND = 1_000;

/** So often the pace of a run that goes on is read. */
const RENEWED_MS = 5 * SECOND;

/** So long until what could not be read is asked for again. */
const AGAIN_MS = 15 * SECOND;

/** A list is scrolled by many rows in less time than that, and nobody misses a picture for longer. */
const paceOf = batched(pacesOf, { waitMs: 150, most: 100 });

async function pacesOf(runIds: readonly string[]): Promise<ReadonlyMap<string, RunPace>> {
  const path = `/runs/pace?${runIds.map((id) => `run=${encodeURIComponent(id)}`).join("&")}`;
  const { runs } = await request<RunPaces>(path);
  return new Map(runs.map((pace) => [pace.runId, pace]));
}

/**
 * How a run went over its time; null when the gateway knows no such run. All that is wanted at about
 * the same time is one request. Of a run that has finished it is read once for each of its versions.
 */
export function paceQuery({ runId, status, asOf }: RunView) {
  const goesOn = status !== "FINISHED";
  return queryOptions({
    queryKey: ["pace", runId, goesOn ? null : frameId(asOf)],
    queryFn: ({ signal }) => paceOf(runId, signal),
    staleTime: goesOn ? RENEWED_MS : Infinity,
    // What failed is asked for again by the interval, as long as somebody looks at it.
    retry: false,
    refetchInterval: ({ state }) => {
      if (state.status === "error") return untilNext(state.errorUpdatedAt, AGAIN_MS);
      return goesOn ? untilNext(state.dataUpdatedAt, RENEWED_MS) : false;
    },
    placeholderData: keepPreviousData,
  });
}

/**
 * Milliseconds until the next reading, half a period at least: whatever was read apart, like rows
 * that were scrolled to one after the other, is read together from then on.
 */
export function untilNext(readAt: number, period: number): number {
  const rest = period - (readAt % period);
  return rest < period / 2 ? rest + period : rest;
}
