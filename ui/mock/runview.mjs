// The view of a scripted run before anything has happened to it.
import { sha } from "./plan.mjs";
import { emptyStats } from "./stats.mjs";

let serial = 0;

export function newView(spec, at) {
  const number = ++serial;
  return {
    runId: sha(`run ${number} ${spec.name} ${Date.now()}`).slice(0, 32),
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
    anomalies: 0,
    archived: false,
    deleted: false,
    actions: [],
    limits: spec.limits,
    spec,
  };
}
