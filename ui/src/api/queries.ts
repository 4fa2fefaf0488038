import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { EMPTY_LOG, withPage, type ConsoleLog } from "../models/console.ts";
import type { RunAction } from "../models/actions.ts";
import { WINDOW_MINUTES, toldSamples, withSamples, type Samples } from "../models/lanesamples.ts";
import { request } from "./http.ts";
import type {
  Catalogue,
  Estimate,
  GatewayVersion,
  LaneHistories,
  LaneLimits,
  LaneView,
  Lanes,
  LogPage,
  Quarantine,
  RawEvents,
  ReEvaluationRequest,
  RetryRequest,
  RunPage,
  SubmittedRun,
  Submission,
  Verification,
  Workers,
} from "./types.ts";

const SECOND = 1_000;

/** The newest runs. The list has no stream of its own, so it asks: often while something moves. */
export const newestRunsQuery = queryOptions({
  queryKey: ["runs", "newest"],
  queryFn: ({ signal }) => request<RunPage>("/runs?limit=50", { signal }),
  refetchInterval: (query) => (isMoving(query.state.data) ? 2 * SECOND : 10 * SECOND),
});

/** All runs, page after page; old ones seldom change. */
export const allRunsQuery = infiniteQueryOptions({
  queryKey: ["runs", "all"],
  queryFn: ({ pageParam, signal }) =>
    request<RunPage>(`/runs?limit=200${cursorOf(pageParam)}`, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
  refetchInterval: (query) =>
    query.state.data?.pages.slice(1).some(isMoving) === true ? 15 * SECOND : 60 * SECOND,
});

export const RUNS_KEY = ["runs"] as const;

function isMoving(page: RunPage | undefined): boolean {
  return page?.items.some(({ status }) => status !== "FINISHED") ?? false;
}

function cursorOf(cursor: string | null): string {
  return cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
}

export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: ({ signal }) => request<Catalogue>("/models", { signal }),
  staleTime: 60 * SECOND,
});

export const versionQuery = queryOptions({
  queryKey: ["version"],
  queryFn: ({ signal }) => request<GatewayVersion>("/version", { signal }),
  refetchInterval: 15 * SECOND,
});

export const quarantineQuery = queryOptions({
  queryKey: ["quarantine"],
  queryFn: ({ signal }) => request<Quarantine>("/quarantine", { signal }),
  refetchInterval: 30 * SECOND,
});

/** The same key gives the same run, however often it is sent. */
export function submitRun(submission: Submission, idempotencyKey: string): Promise<SubmittedRun> {
  return request<SubmittedRun>("/runs", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey },
    body: JSON.stringify(submission),
  });
}

/** Accepted is not done: the log says when, and whether, it has happened. */
export function askOfRun(runId: string, action: RunAction): Promise<{ runId: string }> {
  return request(`${runPath(runId)}/${action}`, { method: "POST" });
}

export function retryRun(runId: string, retry: RetryRequest): Promise<{ runId: string }> {
  return send(`${runPath(runId)}/retry`, "POST", retry);
}

/** Judges the documents of a finished run in a run of its own; the same key gives the same run. */
export function reEvaluateRun(
  runId: string,
  asked: ReEvaluationRequest,
  idempotencyKey: string,
): Promise<SubmittedRun> {
  return request<SubmittedRun>(`${runPath(runId)}/re-evaluate`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey },
    body: JSON.stringify(asked),
  });
}

export function cancelCall(runId: string, callId: string): Promise<{ callId: string }> {
  return request(`${callPath(runId, callId)}/cancel`, { method: "POST" });
}

/** Folds the run's log on the server and compares the result with the tables. */
export function verifyRun(runId: string): Promise<Verification> {
  return request<Verification>(`${runPath(runId)}/verify`, { method: "POST" });
}

function send<T>(path: string, method: "POST" | "PUT", body: unknown): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  return request<T>(path, { method, headers, body: JSON.stringify(body) });
}

function runPath(runId: string): string {
  return `/runs/${encodeURIComponent(runId)}`;
}

function callPath(runId: string, callId: string): string {
  return `${runPath(runId)}/calls/${encodeURIComponent(callId)}`;
}

export interface LaneBoard {
  lanes: LaneView[];
  /** Collected while some page looks at the lanes. */
  seen: Samples;
}

export const lanesQuery = queryOptions({
  queryKey: ["lanes"],
  queryFn: async ({ client, queryKey, signal }): Promise<LaneBoard> => {
    const { lanes } = await request<Lanes>("/lanes", { signal });
    const held = client.getQueryData<LaneBoard>(queryKey)?.seen ?? new Map<string, never>();
    return { lanes, seen: withSamples(held, lanes) };
  },
  refetchInterval: 2 * SECOND,
});

/** How the lanes stood before somebody looked: asked once, the lanes themselves go on from there. */
export const laneHistoryQuery = queryOptions({
  queryKey: ["lane-history"],
  queryFn: async ({ signal }) =>
    toldSamples(
      await request<LaneHistories>(`/lanes/history?minutes=${WINDOW_MINUTES}`, { signal }),
    ),
});

export const workersQuery = queryOptions({
  queryKey: ["workers"],
  queryFn: ({ signal }) => request<Workers>("/workers", { signal }),
  refetchInterval: 2 * SECOND,
});

export function setLane(lane: string, limits: LaneLimits): Promise<{ lane: string }> {
  return send(lanePath(lane), "PUT", limits);
}

export function resetLane(lane: string): Promise<{ lane: string }> {
  return request(lanePath(lane), { method: "DELETE" });
}

/** A model's name may hold slashes, and the address of a lane takes them as they are. */
function lanePath(lane: string): string {
  return `/lanes/${lane.split("/").map(encodeURIComponent).join("/")}`;
}

const LOG_PAGE = 1_000;

/** So many pages at one go: a long log comes in pieces that are shown one by one. */
const LOG_PAGES = 10;

/** The console of a run: each fetch reads on from where the one before had come to. */
export function logQuery(runId: string) {
  return queryOptions({
    queryKey: ["log", runId],
    queryFn: async ({ client, queryKey, signal }): Promise<ConsoleLog> => {
      let log = client.getQueryData<ConsoleLog>(queryKey) ?? EMPTY_LOG;
      for (let page = 0; page < LOG_PAGES; page++) {
        const after = log.next === null ? "" : `&after=${encodeURIComponent(log.next)}`;
        const path = `${runPath(runId)}/log?level=DEBUG&limit=${LOG_PAGE}${after}`;
        const read = await request<LogPage>(path, { signal });
        log = withPage(log, read);
        if (read.items.length < LOG_PAGE) break;
      }
      return log;
    },
    structuralSharing: false,
  });
}

export function logFileUrl(runId: string): string {
  return `/api/v1${runPath(runId)}/log.txt`;
}

/** The raw events of a call; its version says whether there may be more of them. */
export function callEventsQuery(runId: string, callId: string, version: number) {
  return queryOptions({
    queryKey: ["call-events", runId, callId, version],
    queryFn: ({ signal }) => request<RawEvents>(`${callPath(runId, callId)}/events`, { signal }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

/** What a submission would ask for and cost; nothing is stored. */
export function estimateQuery(submission: Submission) {
  return queryOptions({
    queryKey: ["estimate", submission],
    queryFn: ({ signal }) =>
      request<Estimate>("/runs/estimate", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(submission),
        signal,
      }),
    // A long text is part of the key, so a past one is not kept for long.
    gcTime: 10 * SECOND,
    placeholderData: keepPreviousData,
  });
}

export function artifactUrl(sha256: string): string {
  return `/api/v1/artifacts/${encodeURIComponent(sha256)}`;
}
