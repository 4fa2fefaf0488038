import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request } from "../api/http.ts";
import type { CallPage, CallView, RunView, Version } from "../api/types.ts";

/** A run that has not ended is asked for so often. */
const PACE_MS = 3_000;

function path(runId: string): string {
  return `/runs/${encodeURIComponent(runId)}`;
}

export function comparedRunQuery(runId: string) {
  return queryOptions({
    queryKey: ["compared-run", runId],
    queryFn: ({ signal }) => request<RunView>(path(runId), { signal }),
    refetchInterval: (query) => (query.state.data?.status === "FINISHED" ? false : PACE_MS),
  });
}

/** All calls of the run as it stands at a version: the latencies are in no sum of the gateway. */
export function comparedCallsQuery(runId: string, asOf: Version) {
  return queryOptions({
    queryKey: ["compared-calls", runId, asOf.generation, asOf.offset],
    queryFn: async ({ signal }) => {
      const calls = new Map<string, CallView>();
      let cursor: string | null = null;
      do {
        const from: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
        const page: CallPage = await request<CallPage>(`${path(runId)}/calls?limit=1000${from}`, {
          signal,
        });
        for (const call of page.items) calls.set(call.callId, call);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return calls;
    },
    staleTime: Infinity,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
}
