import { expect } from "@playwright/test";
import type {
  CallPage,
  CallView,
  RunPace,
  RunPaces,
  RunPage,
  RunView,
  Sources,
  SourceView,
  Submission,
  SubmittedRun,
} from "../src/api/types.ts";

/** What the tests ask behind the browser's back: the gateway, and the provider's own ledger. */

interface LedgerEntry {
  requestId: string | null;
  model: string | null;
  outcome: string;
}

async function json<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

function required(name: "ACM2_BASE_URL" | "ACM2_LEDGER_URL" | "ACM2_CONTROL_URL"): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Set ${name}.`);
  return value.replace(/\/$/, "");
}

export function runOf(runId: string): Promise<RunView> {
  return json<RunView>(`${required("ACM2_BASE_URL")}/api/v1/runs/${runId}`);
}

export async function paceOf(runId: string): Promise<RunPace> {
  const url = `${required("ACM2_BASE_URL")}/api/v1/runs/pace?run=${runId}`;
  const [pace] = (await json<RunPaces>(url)).runs;
  if (pace === undefined) throw new Error(`no pace of ${runId}`);
  return pace;
}

export async function runsNamed(name: string): Promise<RunView[]> {
  const url = `${required("ACM2_BASE_URL")}/api/v1/runs?limit=50`;
  return (await json<RunPage>(url)).items.filter((run) => run.name === name);
}

export async function callsOf(runId: string): Promise<CallView[]> {
  const url = `${required("ACM2_BASE_URL")}/api/v1/runs/${runId}/calls?limit=1000`;
  const calls: CallView[] = [];
  let cursor: string | null = null;
  do {
    const from: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: CallPage = await json<CallPage>(url + from);
    calls.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return calls;
}

export async function sourcesOf(runId: string): Promise<SourceView[]> {
  const url = `${required("ACM2_BASE_URL")}/api/v1/runs/${runId}/sources`;
  return (await json<Sources>(url)).items;
}

/** Starts a run that no form can ask for as quickly. */
export async function submit(submission: Submission): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(submission);
  const url = `${required("ACM2_BASE_URL")}/api/v1/runs`;
  return (await json<SubmittedRun>(url, { method: "POST", headers, body })).runId;
}

/** How many requests the provider has seen for each of the calls. */
export async function requestsFor(calls: readonly CallView[]): Promise<Map<string, number>> {
  const seen = new Map(calls.map(({ callId }) => [callId, 0]));
  const { requests } = await json<{ requests: LedgerEntry[] }>(
    `${required("ACM2_LEDGER_URL")}/__ledger`,
  );
  for (const { requestId } of requests) {
    const callId = requestId?.split("-")[0] ?? "";
    const before = seen.get(callId);
    if (before !== undefined) seen.set(callId, before + 1);
  }
  return seen;
}

/** Stops a part of the system, or starts it again; the gateway is killed, and keeps its address. */
export async function service(
  name: "gateway" | "projector",
  what: "stop" | "start",
): Promise<void> {
  const url = `${required("ACM2_CONTROL_URL")}/${name}/${what}`;
  const response = await fetch(url, { method: "POST" });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

/** Answered when the provider has been asked so many times more: the runs go on, whoever looks. */
export async function untilProviderIsAsked(more: number): Promise<void> {
  const asked = async () =>
    (await json<{ requests: LedgerEntry[] }>(`${required("ACM2_LEDGER_URL")}/__ledger`)).requests
      .length;
  const before = await asked();
  await expect.poll(asked, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + more);
}

/** What the provider says to a key that it does not know; nobody asks again then. */
export const KEY_REFUSED = { status: 401 };

/** Changes how simulated models write and judge; what is not named stays. */
export async function judges(change: {
  planting: Record<string, number>;
  gullibility: Record<string, number>;
}): Promise<void> {
  const body = JSON.stringify(change);
  await json(`${required("ACM2_LEDGER_URL")}/__judges`, { method: "POST", body });
}

/** Tells the provider what to do with the next requests for a model. */
export async function script(
  model: string,
  behaviours: (string | typeof KEY_REFUSED)[],
): Promise<void> {
  const body = JSON.stringify({ model, behaviours });
  await json(`${required("ACM2_LEDGER_URL")}/__script`, { method: "POST", body });
}
