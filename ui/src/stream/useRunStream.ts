import { queryOptions, skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { followStream } from "./client.ts";
import { frameId } from "./version.ts";
import {
  beginLive,
  liveAfterFault,
  liveAfterFrames,
  liveAfterSignal,
  reconnecting,
  type LiveRun,
} from "./live.ts";

/** A run that this browser has just started may not be visible yet; so long we go on asking. */
const JUST_ACCEPTED_MS = 15_000;

/** Fed by the stream alone: nothing fetches it. */
function liveRunQuery(runId: string) {
  return queryOptions<LiveRun>({
    queryKey: ["live-run", runId],
    queryFn: skipToken,
    staleTime: Infinity,
    structuralSharing: false,
  });
}

export function acceptedRunKey(runId: string): readonly unknown[] {
  return ["accepted-run", runId];
}

/** Follows the run while the component is mounted; what has come lives in the query cache. */
export function useRunStream(runId: string): LiveRun {
  const client = useQueryClient();
  useEffect(() => {
    const abort = new AbortController();
    const { queryKey } = liveRunQuery(runId);
    const update = (change: (live: LiveRun) => LiveRun) =>
      client.setQueryData<LiveRun>(queryKey, (live) => change(live ?? beginLive(runId)));
    const held = client.getQueryData<LiveRun>(queryKey)?.feed.asOf ?? null;
    const acceptedAt = client.getQueryState(acceptedRunKey(runId))?.dataUpdatedAt ?? 0;
    update(reconnecting);
    void followStream(
      {
        url: `/api/v1/runs/${encodeURIComponent(runId)}/events`,
        lastEventId: held === null ? null : frameId(held),
        expectedUntil: acceptedAt + JUST_ACCEPTED_MS,
        fetch: (url, init) => globalThis.fetch(url, init),
        // eslint-disable-next-line no-restricted-syntax -- the shell of the stream owns the clock
        now: () => Date.now(),
        // eslint-disable-next-line no-restricted-syntax -- and the jitter
        random: () => Math.random(),
        onFrames: (frames) => update((live) => liveAfterFrames(live, frames)),
        onFault: () => update(liveAfterFault),
        onSignal: (signal) => update((live) => liveAfterSignal(live, signal)),
      },
      abort.signal,
    );
    return () => abort.abort();
  }, [client, runId]);
  return useQuery(liveRunQuery(runId)).data ?? beginLive(runId);
}
