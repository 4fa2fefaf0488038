import {
  queryOptions,
  skipToken,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import { randomId } from "../newrun/ids.ts";
import { followStream } from "./client.ts";
import { beginLive, reconnecting, type LiveRun } from "./live.ts";
import { followShared } from "./shared.ts";
import { followAlone, type TabRun } from "./tabRun.ts";
import { browserTabs } from "./tabs.ts";

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
    const run = tabRun(client, runId);
    const tabs = browserTabs();
    run.update(reconnecting);
    void (tabs === null ? followAlone(run, abort.signal) : followShared(run, tabs, abort.signal));
    return () => abort.abort();
  }, [client, runId]);
  return useLiveRun(runId);
}

/** What has come of the run, without following it. */
export function useLiveRun(runId: string): LiveRun {
  return useQuery(liveRunQuery(runId)).data ?? beginLive(runId);
}

function tabRun(client: QueryClient, runId: string): TabRun {
  const { queryKey } = liveRunQuery(runId);
  const read = () => client.getQueryData<LiveRun>(queryKey) ?? beginLive(runId);
  const acceptedAt = client.getQueryState(acceptedRunKey(runId))?.dataUpdatedAt ?? 0;
  return {
    runId,
    id: randomId(),
    now,
    read,
    update: (change) => client.setQueryData<LiveRun>(queryKey, change(read())),
    follow: ({ lastEventId, waitMs }, hooks, signal) =>
      followStream(
        {
          url: `/api/v1/runs/${encodeURIComponent(runId)}/events`,
          lastEventId,
          waitMs,
          expectedUntil: acceptedAt + JUST_ACCEPTED_MS,
          fetch: (url, init) => globalThis.fetch(url, init),
          now,
          // eslint-disable-next-line no-restricted-syntax -- the shell of the stream owns the dice
          random: () => Math.random(),
          ...hooks,
        },
        signal,
      ),
  };
}

function now(): number {
  // eslint-disable-next-line no-restricted-syntax -- and the clock
  return Date.now();
}
