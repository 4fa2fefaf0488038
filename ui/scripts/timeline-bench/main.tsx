import { createRoot } from "react-dom/client";
import type { CallState, CallView, Retry } from "../../src/api/types.ts";
import { call, run, stats } from "../../src/models/fixtures.ts";
import { TimelineSection } from "../../src/timeline/TimelineSection.tsx";
import "./bench.css";

/** The timeline alone, of so many calls as the address asks for; the same ones each time. */
const CALLS = Number(new URLSearchParams(location.search).get("calls") ?? 100_000);
const WORKERS = 20;
const SLOTS = 60;
const START = Date.UTC(2026, 0, 1);

let seed = 7;
const draw = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
const at = (ms: number) => new Date(START + ms).toISOString();

/** Each slot works on one call after the other; one of six has retries. */
function callsOf(count: number): Map<string, CallView> {
  const free = Array.from({ length: SLOTS }, (_, slot) => slot * 40);
  const calls = new Map<string, CallView>();
  for (let index = 0; index < count; index++) {
    const slot = index % SLOTS;
    const begin = free[slot] ?? 0;
    const retries: Retry[] = [];
    let end = begin + 2_000 + draw() * 20_000;
    while (draw() < 0.16 && retries.length < 2) {
      retries.push(retryOf(end, retries.length + 2));
      end += 3_000 + draw() * 20_000;
    }
    free[slot] = end + 100;
    const callId = `call-${String(index).padStart(6, "0")}`;
    calls.set(callId, ended(callId, index, slot, begin, end, retries));
  }
  return calls;
}

function retryOf(failed: number, attempt: number): Retry {
  return {
    epoch: 1,
    attempt,
    cause: draw() < 0.5 ? "RATE_LIMITED" : "OVERLOADED",
    message: "slow down",
    httpStatus: 429,
    delay: "PT3S",
    remainingBudget: "PT9M",
    at: at(failed),
  };
}

function ended(
  callId: string,
  index: number,
  slot: number,
  begin: number,
  end: number,
  retries: Retry[],
): CallView {
  const state: CallState = draw() < 0.05 ? "FAILED" : "OK";
  return call({
    callId,
    document: `document-${index % 1_000}.md`,
    iteration: 1 + (index % 4),
    workerId: `worker-${1 + (slot % WORKERS)}`,
    state,
    attempt: retries.length + 1,
    queuedAt: at(0),
    dispatchedAt: at(begin),
    startedAt: at(begin + 60),
    finishedAt: at(end),
    retries,
  });
}

const calls = callsOf(CALLS);
const last = Math.max(...[...calls.values()].map((each) => Date.parse(each.finishedAt ?? "")));
const shown = run({
  status: "FINISHED",
  outcome: "COMPLETED",
  requestedAt: at(0),
  startedAt: at(0),
  finishedAt: new Date(last).toISOString(),
  stats: stats({ planned: CALLS, ok: CALLS }),
});
const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(<TimelineSection run={shown} calls={calls} onOpen={() => undefined} />);
