import { followAlone, heldId, hooksOf, type StreamHooks, type TabRun } from "./tabRun.ts";
import type { LeaderMessage, TabChannel, TabMessage, Tabs, Told } from "./tabs.ts";
import { afterTold, isWhole, patience, snapshotOf } from "./told.ts";
import { liveWithConnection } from "./live.ts";

/** So long a leader may take to answer; after that it is hung, and its lock is taken. */
const ANSWER_MS = 3_000;

/**
 * Follows the run with all tabs that look at it: one of them leads, holds the stream and hands on
 * what comes. What a tab holds is always what some stream has told up to its version, without a
 * gap: whoever takes over goes on from there.
 */
export async function followShared(run: TabRun, tabs: Tabs, signal: AbortSignal): Promise<void> {
  const tab = new SharedTab(run, tabs, signal);
  try {
    await tab.run();
  } catch (error) {
    if (signal.aborted) return;
    // Some browsers offer locks and then refuse them: a frame of another site, for instance.
    console.warn("This tab cannot share its stream", error);
    await followAlone(run, signal);
  } finally {
    tab.close();
  }
}

class SharedTab {
  readonly #run: TabRun;
  readonly #tabs: Tabs;
  readonly #signal: AbortSignal;
  readonly #name: string;
  readonly #channel: TabChannel;
  #waiting = new AbortController();
  #term: AbortController | null = null;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  /** Whom this tab follows, and the number of the last message that it has heard. */
  #leader: string | null = null;
  #heard = 0;
  #inSync = false;
  #askedAt = -Infinity;
  #askFrom = 0;
  /** As a leader. */
  #said = 0;
  #waitMs = 0;

  constructor(run: TabRun, tabs: Tabs, signal: AbortSignal) {
    this.#run = run;
    this.#tabs = tabs;
    this.#signal = signal;
    this.#name = `acm2.run.${run.runId}`;
    this.#channel = tabs.channel(this.#name, (message) => this.#hear(message));
  }

  async run(): Promise<void> {
    while (!this.#isOver()) {
      await this.#queueForLead();
      if (this.#waiting.signal.aborted && !this.#isOver()) await this.#takeLead();
    }
  }

  close(): void {
    clearTimeout(this.#watchdog);
    this.#channel.close();
  }

  #isOver(): boolean {
    return this.#signal.aborted || this.#run.read().connection.kind === "gone";
  }

  #queueForLead(): Promise<void> {
    this.#waiting = new AbortController();
    this.#inSync = false;
    this.#askedAt = -Infinity;
    this.#ask();
    this.#watch(ANSWER_MS);
    const signal = AbortSignal.any([this.#signal, this.#waiting.signal]);
    return this.#untilStopped(() => this.#tabs.lock(this.#name, () => this.#lead(), signal));
  }

  #takeLead(): Promise<void> {
    return this.#untilStopped(() => this.#tabs.takeOver(this.#name, () => this.#lead()));
  }

  async #untilStopped(request: () => Promise<void>): Promise<void> {
    try {
      await request();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    } finally {
      this.#term?.abort();
      this.#term = null;
    }
  }

  async #lead(): Promise<void> {
    if (this.#isOver()) return;
    clearTimeout(this.#watchdog);
    this.#waiting = new AbortController();
    const term = new AbortController();
    this.#term = term;
    this.#said = 0;
    this.#waitMs = 0;
    this.#tell({ told: "leading", asOf: this.#run.read().feed.asOf });
    const waitMs = Math.max(0, this.#askFrom - this.#run.now());
    const from = { lastEventId: heldId(this.#run), waitMs };
    await this.#run.follow(from, this.#hooks(), AbortSignal.any([this.#signal, term.signal]));
  }

  /** What the stream tells is kept here and told to the others. */
  #hooks(): StreamHooks {
    const own = hooksOf(this.#run);
    return {
      onFrames: (frames) => {
        own.onFrames(frames);
        this.#tell({ told: "frames", frames });
      },
      onFault: () => {
        own.onFault();
        this.#tell({ told: "fault" });
      },
      onSignal: (signal) => {
        const before = this.#run.read().connection;
        own.onSignal(signal);
        this.#waitMs = signal.kind === "lost" ? signal.waitMs : 0;
        const news = signal.kind !== "frame" || this.#run.read().connection !== before;
        if (news) this.#tell({ told: "connection" });
      },
    };
  }

  #tell(told: Told): void {
    this.#channel.post({
      ...told,
      kind: "leader",
      leader: this.#run.id,
      number: ++this.#said,
      connection: this.#run.read().connection,
      waitMs: this.#waitMs,
      hidden: !this.#tabs.isVisible(),
    });
  }

  #hear(message: TabMessage): void {
    if (message.kind === "leader") {
      if (this.#term === null && !this.#isOver()) this.#hearLeader(message);
    } else if (this.#term !== null) {
      this.#tell({ told: "state", snapshot: snapshotOf(this.#run.read().feed) });
    }
  }

  #hearLeader(message: LeaderMessage): void {
    const next = message.leader === this.#leader && message.number === this.#heard + 1;
    this.#leader = message.leader;
    this.#heard = message.number;
    this.#inSync = isWhole(message, this.#run.read().feed) || (this.#inSync && next);
    if (message.told === "leading" || message.told === "state") this.#askedAt = -Infinity;
    if (this.#inSync) this.#keep(message);
    else this.#ask();
    this.#askFrom = this.#run.now() + message.waitMs;
    this.#watch(patience(message, this.#tabs.isVisible()));
    if (this.#isOver()) this.#waiting.abort();
  }

  #keep(message: LeaderMessage): void {
    this.#run.update((live) => liveWithConnection(afterTold(live, message), message.connection));
  }

  #ask(): void {
    if (this.#run.now() - this.#askedAt < ANSWER_MS) return;
    this.#askedAt = this.#run.now();
    this.#channel.post({ kind: "hello" });
  }

  #watch(ms: number): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#waiting.abort(), ms);
  }
}
