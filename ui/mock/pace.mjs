// How scripted runs went over their time: ends of calls in equal stretches of it.
import { hasEnded } from "./call.mjs";

const STRETCHES = 24;

const PART = {
  OK: "ok",
  FAILED: "bad",
  TIMED_OUT: "bad",
  CANCELLED: "other",
  SKIPPED: "other",
};

const zeros = () => Array.from({ length: STRETCHES }, () => 0);

export function pacesOf(runs) {
  return { runs: runs.map(paceOf) };
}

function paceOf({ view, calls }) {
  const from = view.startedAt ?? view.requestedAt;
  const to = view.finishedAt ?? new Date().toISOString();
  const pace = { runId: view.runId, from, to, ok: zeros(), bad: zeros(), other: zeros() };
  for (const call of calls.values())
    if (hasEnded(call)) pace[PART[call.state]][stretchOf(call.finishedAt, from, to)]++;
  return pace;
}

/** What ended outside of the time belongs to the nearest stretch. */
function stretchOf(at, from, to) {
  const [moment, begin, end] = [at, from, to].map((instant) => Date.parse(instant));
  if (moment >= end) return STRETCHES - 1;
  return Math.max(0, Math.floor(((moment - begin) / (end - begin)) * STRETCHES));
}
