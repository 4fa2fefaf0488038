import type { CallView } from "../api/types.ts";
import { fingerprintOf } from "../models/failures.ts";
import { factsOf, type Facts, type HistoryEvent } from "./events.ts";
import { isCostPart, isOfErrors, type NumberName, type NumberSource } from "./numbers.ts";
import { measureOf, partOf, spendAfter, type Spend } from "./spend.ts";
import { isInScope, type Held } from "./values.ts";

/** Why an event of the right type adds nothing to the number. */
export type Aside =
  /** It is newer than the number. */
  | "ahead"
  /** The page has no such call. */
  | "unknown"
  /** The call was sent again after it. */
  | "superseded"
  /** Another end of the call had come first. */
  | "late"
  /** The call has left this state since. */
  | "moved-on"
  /** The same was told before. */
  | "again"
  /** Of a call that is not in the part of the run that the number counts in. */
  | "other";

export type Weight = { adds: number } | { aside: Aside };

export interface Weighed {
  event: HistoryEvent;
  weight: Weight;
}

export interface Weighing {
  items: readonly Weighed[];
  /** What the events add up to. */
  sum: number;
  /** Events that add something. */
  adding: number;
  aside: ReadonlyMap<Aside, number>;
}

/**
 * How much each event adds to the number, by the laws of the fold that made the number: the first
 * end in the order of the log decides; an older epoch never does; spend is absolute by epoch, so an
 * event adds what it tells beyond what was told before. Pure: events in the order of the log.
 */
export function weigh(source: NumberSource, events: readonly HistoryEvent[], held: Held): Weighing {
  const scale = new Scale(source, held);
  // Errors and parts of a cost are picked out here; what was not picked is not of the number at all.
  const picks = isOfErrors(source.number) || isCostPart(source.number);
  const items = events
    .map((event) => ({ event, weight: scale.weigh(event) }))
    .filter(({ weight }) => !picks || !("aside" in weight) || weight.aside !== "other");
  const aside = new Map<Aside, number>();
  let sum = 0;
  let adding = 0;
  for (const { weight } of items) {
    if ("aside" in weight) aside.set(weight.aside, (aside.get(weight.aside) ?? 0) + 1);
    else {
      sum += weight.adds;
      adding++;
    }
  }
  return { items, sum, adding, aside };
}

/** Remembers what it has weighed, so that nothing is counted twice. */
class Scale {
  readonly #source: NumberSource;
  readonly #held: Held;
  readonly #counted = new Set<string>();
  readonly #told = new Map<string, Spend>();

  constructor(source: NumberSource, held: Held) {
    this.#source = source;
    this.#held = held;
  }

  weigh(event: HistoryEvent): Weight {
    const { asOf, calls } = this.#held;
    if (event.offset > asOf.offset) return { aside: "ahead" };
    const call = event.callId === null ? undefined : calls.get(event.callId);
    if (call === undefined) return { aside: "unknown" };
    if (!isInScope(call, this.#source)) return { aside: "other" };
    return this.#ofCall(factsOf(event), call);
  }

  #ofCall(facts: Facts, call: CallView): Weight {
    const { number } = this.#source;
    switch (number) {
      case "planned":
        return this.#once(call.callId);
      case "queued":
        return this.#waiting(facts, call);
      case "inFlight":
        return call.state === "IN_FLIGHT" && facts.epoch === call.epoch
          ? this.#once(call.callId)
          : { aside: facts.epoch < call.epoch ? "superseded" : "moved-on" };
      case "ok":
      case "failed":
      case "timedOut":
      case "cancelled":
      case "skipped":
      case "ended":
      case "bad":
        return this.#end(facts, call);
      case "savedUsd":
        return weightOf(this.#end(facts, call), call.savedUsd);
      case "retries":
        return this.#once(`${call.callId} ${facts.epoch} ${facts.attempt}`);
      case "failures":
      case "standing":
      case "mended":
        return this.#failure(number, facts, call);
      case "attempts":
      case "costUsd":
      case "inputTokens":
      case "outputTokens":
      case "succeededUsd":
      case "failedUsd":
      case "retriedUsd":
      case "orphanedUsd":
      case "lateUsd":
      case "replacedUsd":
        return this.#spend(number, facts, call);
    }
  }

  #once(key: string): Weight {
    if (this.#counted.has(key)) return { aside: "again" };
    this.#counted.add(key);
    return { adds: 1 };
  }

  /** A call that is given back, or whose worker is lost, waits in the next epoch. */
  #waiting(facts: Facts, call: CallView): Weight {
    const epoch = facts.type === "call-queued" ? facts.epoch : facts.epoch + 1;
    const waits = call.state === "QUEUED" || call.state === "DISPATCHED";
    if (epoch < call.epoch) return { aside: "superseded" };
    return waits && epoch === call.epoch ? this.#once(call.callId) : { aside: "moved-on" };
  }

  #end(facts: Facts, call: CallView): Weight {
    if (facts.epoch < call.epoch) return { aside: "superseded" };
    return facts.ends === call.state && facts.epoch === call.epoch && !isLate(facts, call)
      ? orLate(this.#once(call.callId))
      : { aside: "late" };
  }

  #failure(number: "failures" | "standing" | "mended", facts: Facts, call: CallView): Weight {
    const { failure } = facts;
    if (failure === null) return { aside: "other" };
    if (fingerprintOf(failure.kind, failure.message) !== this.#source.failure)
      return { aside: "other" };
    const standing = stands(facts, call);
    const retried = facts.type === "call-retried";
    if (number === "standing" && !standing) return { aside: "superseded" };
    if (number === "mended" && standing) return { aside: "other" };
    if (!standing && !retried) return { aside: "superseded" };
    return this.#once(`${call.callId} ${facts.epoch} ${facts.attempt} ${facts.type}`);
  }

  #spend(number: NumberName, facts: Facts, call: CallView): Weight {
    const key = `${call.callId} ${facts.epoch}`;
    const before = this.#told.get(key) ?? null;
    const after = spendAfter(before, facts);
    if (after === null) return { aside: "again" };
    this.#told.set(key, after);
    if (isCostPart(number) && partOf(facts, call) !== number) return { aside: "other" };
    const measure = measureOf(number);
    const adds = after[measure] - (before?.[measure] ?? 0);
    return adds === 0 ? { aside: "again" } : { adds };
  }
}

/** The worth of a counted event in another unit; an event that is worth nothing is set aside. */
function weightOf(weight: Weight, worth: number): Weight {
  if ("aside" in weight) return weight;
  return worth === 0 ? { aside: "other" } : { adds: worth };
}

function orLate(weight: Weight): Weight {
  return "aside" in weight ? { aside: "late" } : weight;
}

function isLate(facts: Facts, call: CallView): boolean {
  return call.late.some(
    ({ type, epoch, attempt, at }) =>
      type === facts.type &&
      epoch === facts.epoch &&
      attempt === facts.attempt &&
      isSameMoment(at, facts.at),
  );
}

function stands(facts: Facts, { lastError }: CallView): boolean {
  return (
    lastError?.active === true &&
    lastError.kind === facts.failure?.kind &&
    isSameMoment(lastError.at, facts.at)
  );
}

/** Writers may tell a moment more or less finely. */
function isSameMoment(a: string, b: string): boolean {
  return Date.parse(a) === Date.parse(b);
}
