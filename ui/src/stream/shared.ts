import { Leader } from "./leader.ts";
import { liveWithConnection } from "./live.ts";
import { followAlone, type TabRun } from "./tabRun.ts";
import {
  LEADER_CHANNEL,
  LEADER_LOCK,
  runChannel,
  tabLock,
  TABS_CHANNEL,
  type LeaderMessage,
  type TabChannel,
  type TabMessage,
  type Tabs,
} from "./tabs.ts";
import { afterTold, isWhole, patience, snapshotOf } from "./told.ts";

/** So long a leader may take to answer; after that it is hung, and its lock is taken. */
const ANSWER_MS = 3_000;

/**
 * Follows the run with all tabs of this browser, whatever run each looks at: one of them leads, holds
 * the stream of all these runs and hands on what comes. What a tab holds is always what some stream
 * has told up to its version, without a gap: whoever takes over goes on from there.
 */
export async function followShared(run: TabRun, tabs: Tabs, signal: AbortSignal): Promise<void> {
  const tab = new SharedTab(run, tabs, signal);
  try {
    await tabs.lock(tabLock(run.id), () => tab.run(), signal);
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
  readonly #channels: TabChannel[];
  #waiting = new AbortController();
  #term: AbortController | null = null;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  /** Whom this tab follows, and the number of the last message that it has heard. */
  #leader: string | null = null;
  #heard = 0;
  #inSync = false;
  #askedAt = -Infinity;
  #askFrom = 0;

  constructor(run: TabRun, tabs: Tabs, signal: AbortSignal) {
    this.#run = run;
    this.#tabs = tabs;
    this.#signal = signal;
    const hear = (message: TabMessage) => this.#hear(message);
    this.#channels = [tabs.channel(runChannel(run.runId), hear), tabs.channel(TABS_CHANNEL, hear)];
  }

  async run(): Promise<void> {
    while (!this.#isOver()) {
      await this.#queueForLead();
      if (this.#waiting.signal.aborted && !this.#isOver()) await this.#takeLead();
    }
  }

  close(): void {
    clearTimeout(this.#watchdog);
    for (const channel of this.#channels) channel.close();
  }

  #isOver(): boolean {
    return this.#signal.aborted || this.#run.read().connection.kind === "gone";
  }

  #queueForLead(): Promise<void> {
    this.#waiting = new AbortController();
    this.#askAnew();
    const signal = AbortSignal.any([this.#signal, this.#waiting.signal]);
    return this.#untilStopped(() => this.#tabs.lock(LEADER_LOCK, () => this.#lead(), signal));
  }

  #takeLead(): Promise<void> {
    return this.#untilStopped(() => this.#tabs.takeOver(LEADER_LOCK, () => this.#lead()));
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
    const waitMs = Math.max(0, this.#askFrom - this.#run.now());
    const leader = new Leader(this.#run, this.#tabs, waitMs);
    await leader.lead(AbortSignal.any([this.#signal, term.signal]));
  }

  #hear(message: TabMessage): void {
    if (this.#term !== null || this.#isOver()) return;
    if (message.kind === "leader") this.#hearLeader(message);
    if (message.kind === "leading") this.#askAnew();
  }

  #hearLeader(message: LeaderMessage): void {
    const next = message.leader === this.#leader && message.number === this.#heard + 1;
    this.#leader = message.leader;
    this.#heard = message.number;
    this.#inSync = isWhole(message, this.#run.read().feed) || (this.#inSync && next);
    if (message.told === "standing" || message.told === "state") this.#askedAt = -Infinity;
    if (this.#inSync) this.#keep(message);
    else this.#ask();
    this.#askFrom = this.#run.now() + message.waitMs;
    this.#watch(patience(message, this.#tabs.isVisible()));
    if (this.#isOver()) this.#waiting.abort();
  }

  #keep(message: LeaderMessage): void {
    this.#run.update((live) => liveWithConnection(afterTold(live, message), message.connection));
  }

  /** Of a leader that does not know yet what this tab looks at. */
  #askAnew(): void {
    this.#inSync = false;
    this.#askedAt = -Infinity;
    this.#ask();
    this.#watch(ANSWER_MS);
  }

  #ask(): void {
    if (this.#run.now() - this.#askedAt < ANSWER_MS) return;
    this.#askedAt = this.#run.now();
    const { id, runId, expectedUntil } = this.#run;
    const held = snapshotOf(this.#run.read().feed);
    this.#tabs.post(LEADER_CHANNEL, { kind: "hello", tab: id, runId, held, expectedUntil });
  }

  #watch(ms: number): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#waiting.abort(), ms);
  }
}
