// The view of a scripted run before anything has happened to it.
import { sha } from "./plan.mjs";
import { emptyStats } from "./stats.mjs";

let serial = 0;

export function newView(spec, at) {
  const number = ++serial;
  return {
    runId: idFrom(sha(`run ${number} ${spec.name} ${Date.now()}`)),
    name: spec.name,
    status: "REQUESTED",
    outcome: null,
    message: null,
    phases: ["GENERATION"],
    asOf: { generation: 1, partition: 0, offset: number * 1000 },
    stats: emptyStats(),
    byPhase: { GENERATION: emptyStats() },
    byModel: {},
    requestedAt: at,
    startedAt: null,
    deadlineAt: new Date(Date.parse(at) + 7_200_000).toISOString(),
    finishedAt: null,
    lastEventAt: at,
    anomalies: 0,
    archived: false,
    deleted: false,
    actions: [],
    limits: spec.limits,
    spec,
  };
}

/** An id as the gateway has them: a UUID. */
function idFrom(digest) {
  const parts = [8, 4, 4, 4, 12];
  let from = 0;
  return parts.map((size) => digest.slice(from, (from += size))).join("-");
}
