import type { CallView } from "../api/types.ts";

/** The epochs of a call as the timeline sees them. All times are milliseconds of the epoch of time. */

type Epoch = CallView["earlier"][number];

/** One epoch of a call: it waited, was released to a worker, and ended. */
export interface Release {
  epoch: number;
  worker: string | null;
  queued: number | null;
  released: number | null;
  started: number | null;
  /** Null while it goes on. */
  ended: number | null;
  /** How it ended, or where it stands. */
  state: Epoch["end"] | CallView["state"];
  /** Why it ended so: a failure kind; null when nothing failed. */
  cause: string | null;
}

/** In their order, the present one last. */
export function releasesOf(call: CallView): Release[] {
  return [...call.earlier.map(overOf), presentOf(call)];
}

export function presentOf(call: CallView): Release {
  return {
    epoch: call.epoch,
    worker: call.workerId,
    queued: millis(call.queuedAt),
    released: millis(call.dispatchedAt),
    started: millis(call.startedAt),
    ended: millis(call.finishedAt),
    state: call.state,
    cause: call.lastError?.kind ?? null,
  };
}

function overOf(over: Epoch): Release {
  return {
    epoch: over.epoch,
    worker: over.workerId,
    queued: millis(over.queuedAt),
    released: millis(over.dispatchedAt),
    started: millis(over.startedAt),
    ended: Date.parse(over.endedAt),
    state: over.end,
    cause: over.cause,
  };
}

/** When a call began to be on its way, when it was first released, and when it ended: null = not yet. */
export interface Times {
  queued: number | null;
  released: number | null;
  ended: number | null;
}

export function timesOf(call: CallView): Times {
  const { queued, released, ended } = presentOf(call);
  if (call.earlier.length === 0) return { queued, released, ended };
  const before = call.earlier.map(overOf);
  return {
    queued: before.find((each) => each.queued !== null)?.queued ?? queued,
    released: before.find((each) => each.released !== null)?.released ?? released,
    ended,
  };
}

/** Who has the call, or had it last; of one epoch when it is named. */
export function workerOf({ call, epoch }: { call: CallView; epoch?: number }): string | null {
  if (epoch !== undefined && epoch < call.epoch)
    return call.earlier.find((over) => over.epoch === epoch)?.workerId ?? null;
  return call.workerId ?? call.earlier.findLast((over) => over.workerId !== null)?.workerId ?? null;
}

function millis(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}
