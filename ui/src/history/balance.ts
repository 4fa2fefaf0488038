import { count, counted, money } from "../models/format.ts";
import { meaningOf, type NumberSource, type Unit } from "./numbers.ts";
import { isInScope, type Held } from "./values.ts";
import type { Aside, Weighing } from "./weigh.ts";

/** The number beside what its events add up to, and in words why the two may differ. */
export interface Balance {
  agrees: boolean;
  /** "17 events make 17." */
  told: string;
  /** Why events of the same type do not count, and what no event tells. */
  reasons: string[];
}

const ASIDE: Record<Aside, string> = {
  ahead: "newer than what the page shows",
  unknown: "of a call that the page does not know",
  superseded:
    "of an earlier epoch or a state that has passed: the call was sent again, or recovered",
  late: "late: another end of the call had come first",
  "moved-on": "of a call that has left this state since",
  again: "without anything new: the same was told before",
  other: "of a call that another worker, or nobody, holds now",
};

/** Sums of money are exact to a billionth of a dollar on the server; here they are floating. */
const TOLERANCE = 1e-7;

export function balanceOf(
  value: number,
  weighing: Weighing,
  source: NumberSource,
  held: Held,
): Balance {
  const { unit } = meaningOf(source.number);
  const { sum, adding, aside } = weighing;
  const missing = value - sum;
  const agrees = Math.abs(missing) < TOLERANCE;
  const reasons = [...aside].map(([why, events]) => `${counted(events, "event")} ${ASIDE[why]}`);
  if (!agrees) reasons.push(...whatIsMissing(missing, unit, source, held));
  return {
    agrees,
    told: `${counted(adding, "event")} ${adding === 1 ? "adds" : "add"} up to ${amount(sum, unit)}`,
    reasons,
  };
}

function whatIsMissing(missing: number, unit: Unit, source: NumberSource, held: Held): string[] {
  const text = amount(Math.abs(missing), unit);
  if (missing < 0) return [`${text} more in the log than the number tells: the page is behind it`];
  if (source.number === "planned" || source.number === "queued") {
    const unsaid = unsaidCalls(source, held);
    if (unsaid === missing)
      return [`${counted(unsaid, "call")} planned of which the log says nothing yet`];
  }
  if (source.worker !== undefined)
    return [
      `${text} told by others than this worker: the orchestrator, or one that had the call before`,
    ];
  return [`${text} of which no event is in the table yet: it follows the stream`];
}

/** Planned calls of a run, a phase or a model that have not even been queued. */
function unsaidCalls(source: NumberSource, { run, calls }: Held): number {
  const { phase, model } = source;
  const stats =
    phase !== undefined ? run.byPhase[phase] : model !== undefined ? run.byModel[model] : run.stats;
  const known = [...calls.values()].filter((call) => isInScope(call, source)).length;
  return (stats?.planned ?? 0) - known;
}

export function amount(value: number, unit: Unit): string {
  return unit === "usd" ? money(value) : count(value);
}
