import {
  queryOptions,
  skipToken,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import { randomId } from "../newrun/ids.ts";
import { StreamClient } from "./client.ts";
import { beginLive, liveAfterSignal, reconnecting, type LiveRun } from "./live.ts";
import { noteServerTime } from "./serverClock.ts";
import { followShared } from "./shared.ts";
import { followAlone, type TabRun } from "./tabRun.ts";
import { browserTabs } from "./tabs.ts";

/** A run that this browser has just started may not be visible yet; so long we go on asking. */
const JUST_ACCEPTED_MS = 15_000;

/** One that is no id must not spoil the address of the stream for the runs of other tabs. */
const RUN_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

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
    if (!RUN_ID.test(runId)) {
      run.update((live) => liveAfterSignal(live, { kind: "gone", why: "unknown" }));
      return undefined;
    }
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
    expectedUntil: acceptedAt + JUST_ACCEPTED_MS,
    now,
    read,
    update: (change) => {
      const before = read();
      const after = change(before);
      if (after.pulse !== null && after.pulse !== before.pulse)
        noteServerTime(after.pulse.at, after.pulse.receivedAt);
      client.setQueryData<LiveRun>(queryKey, after);
    },
    open: (hooks, waitMs) =>
      new StreamClient({
        ...hooks,
        waitMs,
        fetch: (url, init) => globalThis.fetch(url, init),
        now,
        // eslint-disable-next-line no-restricted-syntax -- the shell of the stream owns the dice
        random: () => Math.random(),
      }),
  };
}

function now(): number {
  // eslint-disable-next-line no-restricted-syntax -- and the clock
  return Date.now();
}
