import type { Frame, Pulse } from "../api/types.ts";
import type { Stream, StreamHooks, StreamSignal, WantedRun } from "./client.ts";
import type { Gone, Signal } from "./connection.ts";
import {
  liveAfterFault,
  liveAfterFrames,
  liveAfterPulse,
  liveAfterSignal,
  pulseFor,
  type LiveRun,
} from "./live.ts";
import type { Told } from "./tabs.ts";

/** So many runs one stream tells of. */
export const MOST_RUNS = 20;

/** How soon a run that was accepted a moment ago is asked for again. */
const NOT_YET_MS = 500;

/** A run that a stream tells of, wherever it is kept. */
export interface HeldRun {
  readonly runId: string;
  /** Until then (milliseconds of the epoch) "unknown" means "not yet": it was just accepted. */
  expectedUntil: number;
  read: () => LiveRun;
  update: (change: (live: LiveRun) => LiveRun) => void;
}

/** Opens a stream; `waitMs`: what the server said to whoever asked before. */
export type OpenStream = (hooks: StreamHooks, waitMs: number) => Stream;

export interface HeldRunsOptions<Run> {
  open: OpenStream;
  waitMs: number;
  now: () => number;
  /** After each change of a run: what has changed it. */
  onTold: (run: Run, told: Told) => void;
}

/**
 * The runs of one stream. What comes is kept with the run that it names, and with no other; each goes
 * on from what is kept of it. Ends with its last run.
 */
export class HeldRuns<Run extends HeldRun> {
  readonly #options: HeldRunsOptions<Run>;
  readonly #runs = new Map<string, Run>();
  readonly #stream: Stream;
  readonly #end = new AbortController();
  #waitMs: number;

  constructor(options: HeldRunsOptions<Run>) {
    this.#options = options;
    this.#waitMs = options.waitMs;
    const hooks: StreamHooks = {
      wanted: () => this.#wanted(),
      onFrames: (frames) => this.#hear(frames),
      onFault: () => this.#all(liveAfterFault, { told: "fault" }),
      onSignal: (signal) => this.#notice(signal),
    };
    this.#stream = options.open(hooks, options.waitMs);
  }

  /** So long nobody asks the gateway again; 0 while nobody waits. */
  get waitMs(): number {
    return this.#waitMs;
  }

  get hasRoom(): boolean {
    return this.#runs.size < MOST_RUNS && !this.#end.signal.aborted;
  }

  add(run: Run): void {
    this.#runs.set(run.runId, run);
    this.#stream.reopen();
  }

  remove({ runId }: HeldRun): void {
    if (!this.#runs.delete(runId)) return;
    if (this.#runs.size === 0) this.#end.abort();
    else this.#stream.reopen();
  }

  follow(signal: AbortSignal): Promise<void> {
    return this.#stream.follow(AbortSignal.any([signal, this.#end.signal]));
  }

  #wanted(): WantedRun[] {
    return [...this.#runs.values()].map((run) => ({
      runId: run.runId,
      from: run.read().feed.asOf,
    }));
  }

  #hear(frames: Frame[]): void {
    for (const runId of new Set(frames.map((frame) => frame.runId))) {
      const run = this.#runs.get(runId);
      // Else nobody looks at it any more.
      if (run !== undefined)
        this.#keep(
          run,
          frames.filter((frame) => frame.runId === runId),
        );
    }
  }

  #keep(run: Run, frames: Frame[]): void {
    const now = this.#options.now();
    const heard = frames.filter((frame) => !isNotYet(run, frame, now));
    if (heard.length < frames.length) this.#stream.again(NOT_YET_MS);
    if (heard.length === 0) return;
    const signals = heard.map((frame) => signalOf(frame, now));
    run.update((live) => signals.reduce(liveAfterSignal, liveAfterFrames(live, heard)));
    this.#options.onTold(run, { told: "frames", frames: heard });
    if (run.read().connection.kind === "gone") this.#drop(run);
  }

  /** Of a run that is gone the stream tells nothing more: it need not be asked anew without it. */
  #drop({ runId }: HeldRun): void {
    this.#runs.delete(runId);
    if (this.#runs.size === 0) this.#end.abort();
  }

  #notice(signal: StreamSignal): void {
    this.#waitMs = signal.kind === "lost" ? signal.waitMs : 0;
    switch (signal.kind) {
      case "pulse": {
        this.#pulsed(signal.pulse, signal.receivedAt);
        return;
      }
      case "opened": {
        this.#opened(signal.asked, signal.again);
        return;
      }
      case "lost": {
        this.#all((live) => liveAfterSignal(live, signal), { told: "connection" });
        return;
      }
      case "signed-out": {
        this.#allGone("signed-out");
        return;
      }
      case "refused": {
        this.#allGone("unknown");
        return;
      }
    }
  }

  #pulsed(pulse: Pulse, receivedAt: number): void {
    for (const run of this.#runs.values()) {
      const own = pulseFor(run.runId, pulse, receivedAt);
      if (own === null) continue;
      run.update((live) => liveAfterPulse(liveAfterSignal(live, { kind: "heartbeat" }), own));
      this.#options.onTold(run, { told: "pulse", pulse: own });
    }
  }

  /** A run that was live stays so when the stream is asked anew for others. */
  #opened(asked: WantedRun[], again: boolean): void {
    for (const { runId, from } of asked) {
      const run = this.#runs.get(runId);
      if (run === undefined) continue;
      if (again && from !== null && run.read().connection.kind === "live") continue;
      run.update((live) => liveAfterSignal(live, { kind: "opened", resumed: from !== null }));
      this.#options.onTold(run, { told: "connection" });
    }
  }

  #allGone(why: Gone): void {
    this.#all((live) => liveAfterSignal(live, { kind: "gone", why }), { told: "connection" });
    for (const run of [...this.#runs.values()]) this.#drop(run);
  }

  #all(change: (live: LiveRun) => LiveRun, told: Told): void {
    for (const run of [...this.#runs.values()]) {
      run.update(change);
      this.#options.onTold(run, told);
    }
  }
}

function isNotYet({ expectedUntil }: HeldRun, frame: Frame, now: number): boolean {
  return frame.event === "gone" && frame.reason === "UNKNOWN" && now < expectedUntil;
}

function signalOf(frame: Frame, at: number): Signal {
  switch (frame.event) {
    case "snapshot":
    case "delta":
    case "reset":
      return { kind: "frame", event: frame.event };
    case "bye":
      return { kind: "lost", at, reason: frame.reason };
    case "gone":
      return { kind: "gone", why: frame.reason === "DELETED" ? "deleted" : "unknown" };
  }
}
