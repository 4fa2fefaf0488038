import type { CallView, RunView, Stats, Version } from "../api/types.ts";
import { contribution, type Summed } from "../models/contribution.ts";
import { failureGroups } from "../models/failures.ts";
import {
  isCostPart,
  isOfErrors,
  type CostPart,
  type NumberSource,
  type OfErrors,
} from "./numbers.ts";

export function isInScope(call: CallView, { phase, model, worker }: NumberSource): boolean {
  return (
    call.state !== "STRAY" &&
    (phase === undefined || call.phase === phase) &&
    (model === undefined || call.model === model) &&
    (worker === undefined || call.workerId === worker)
  );
}

/** A run as it was at one moment, so that a number and its events can be compared. */
export interface Held {
  run: RunView;
  calls: ReadonlyMap<string, CallView>;
  /** Up to which event of the log. */
  asOf: Version;
}

/** The number itself, from where the screen has it; null when that does not tell it. */
export function valueOf(source: NumberSource, { run, calls }: Omit<Held, "asOf">): number | null {
  const { number } = source;
  if (isOfErrors(number)) return ofErrors(number, source.failure, calls);
  const stats = statsOf(source, run);
  if (isCostPart(number)) return stats === null ? null : costPart(stats, number);
  if (number === "ended" || number === "bad" || countsNowhere(source))
    return summed(number, source, calls);
  return stats === null ? null : stats[number];
}

/** Only the page counts by worker, and by model within a phase. */
function countsNowhere({ phase, model, worker }: NumberSource): boolean {
  return worker !== undefined || (phase !== undefined && model !== undefined);
}

/** The counters of the run, of a phase or of a model; null for what has none of its own. */
function statsOf(source: NumberSource, run: RunView): Stats | null {
  const { phase, model } = source;
  if (countsNowhere(source)) return null;
  if (phase !== undefined) return run.byPhase[phase] ?? null;
  return model === undefined ? run.stats : (run.byModel[model] ?? null);
}

/** A run of an older gateway does not tell every part. */
function costPart({ cost }: Stats, part: CostPart): number {
  const parts: Partial<Record<CostPart, number>> = cost;
  return parts[part] ?? 0;
}

function ofErrors(
  number: OfErrors,
  failure: string | undefined,
  calls: Held["calls"],
): number | null {
  const group = failureGroups(calls.values()).find(({ fingerprint }) => fingerprint === failure);
  if (group === undefined) return null;
  return { failures: group.count, standing: group.standing, mended: group.retried }[number];
}

function summed(number: Summed, scope: NumberSource, calls: Held["calls"]): number {
  let sum = 0;
  for (const call of calls.values()) if (isInScope(call, scope)) sum += contribution(call, number);
  return sum;
}
