import { HeldRuns, type HeldRun } from "./heldRuns.ts";
import { beginLive, liveAfterFrames, type LiveRun } from "./live.ts";
import type { TabRun } from "./tabRun.ts";
import { hasAll, snapshotOf } from "./told.ts";
import {
  LEADER_CHANNEL,
  runChannel,
  tabLock,
  TABS_CHANNEL,
  type Hello,
  type TabChannel,
  type Tabs,
  type Told,
} from "./tabs.ts";

/** A run that some tabs look at. */
interface Session extends HeldRun {
  readonly channel: TabChannel;
  readonly stream: HeldRuns<Session>;
  readonly members: Set<string>;
  said: number;
}

/**
 * The tab that leads: it holds the stream of all runs that tabs of this browser look at, keeps what
 * comes of each, and tells it to those who look at that run. A run that nobody looks at any more is
 * taken out of the stream; so is one that is gone.
 */
export class Leader {
  readonly #tab: TabRun;
  readonly #tabs: Tabs;
  readonly #waitMs: number;
  readonly #sessions = new Map<string, Session>();
  /** One, unless there are more runs than one stream tells of. */
  readonly #streams: HeldRuns<Session>[] = [];
  readonly #term = new AbortController();
  #error: unknown = null;

  /** @param waitMs so long the gateway is not asked: what it said to the leader before */
  constructor(tab: TabRun, tabs: Tabs, waitMs: number) {
    this.#tab = tab;
    this.#tabs = tabs;
    this.#waitMs = waitMs;
  }

  /** Leads until the signal aborts, or until the run of this tab itself is gone. */
  async lead(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const inbox = this.#tabs.channel(LEADER_CHANNEL, (message) => {
      if (message.kind === "hello") this.#greet(message);
    });
    const over = new Promise<void>((resolve) => {
      this.#term.signal.addEventListener("abort", () => resolve());
    });
    signal.addEventListener("abort", () => this.#term.abort(), { once: true });
    try {
      this.#begin(this.#tab).members.add(this.#tab.id);
      this.#tabs.post(TABS_CHANNEL, { kind: "leading" });
      await over;
      if (this.#error !== null) throw this.#error as Error;
    } finally {
      this.#term.abort();
      inbox.close();
      for (const { channel } of this.#sessions.values()) channel.close();
    }
  }

  #greet({ runId, tab, held, expectedUntil }: Hello): void {
    const session = this.#sessions.get(runId) ?? this.#begin(memoryOf(runId, expectedUntil, held));
    session.expectedUntil = Math.max(session.expectedUntil, expectedUntil);
    this.#addMember(session, tab);
    const { feed } = session.read();
    if (hasAll(held ?? { asOf: null }, feed.asOf))
      this.#tell(session, { told: "standing", asOf: feed.asOf });
    else this.#tell(session, { told: "state", snapshot: snapshotOf(feed) });
  }

  #begin(run: HeldRun): Session {
    const stream = this.#streams.find(({ hasRoom }) => hasRoom) ?? this.#openStream();
    const channel = this.#tabs.channel(runChannel(run.runId), () => undefined);
    const session: Session = {
      runId: run.runId,
      expectedUntil: run.expectedUntil,
      read: run.read,
      update: run.update,
      channel,
      stream,
      members: new Set(),
      said: 0,
    };
    this.#sessions.set(run.runId, session);
    stream.add(session);
    return session;
  }

  #openStream(): HeldRuns<Session> {
    const { open, now } = this.#tab;
    const stream = new HeldRuns<Session>({
      open,
      waitMs: this.#waitMs,
      now,
      onTold: (session, told) => this.#told(session, told),
    });
    this.#streams.push(stream);
    stream.follow(this.#term.signal).catch((error: unknown) => this.#fail(error));
    return stream;
  }

  #fail(error: unknown): void {
    this.#error ??= error;
    this.#term.abort();
  }

  #told(session: Session, told: Told): void {
    this.#tell(session, told);
    if (session.read().connection.kind === "gone") this.#end(session);
  }

  #tell(session: Session, told: Told): void {
    session.channel.post({
      ...told,
      kind: "leader",
      leader: this.#tab.id,
      number: ++session.said,
      connection: session.read().connection,
      waitMs: session.stream.waitMs,
      hidden: !this.#tabs.isVisible(),
    });
  }

  #addMember(session: Session, tab: string): void {
    if (session.members.has(tab)) return;
    session.members.add(tab);
    const left = () => {
      this.#removeMember(session, tab);
      return Promise.resolve();
    };
    this.#tabs.lock(tabLock(tab), left, this.#term.signal).catch((error: unknown) => {
      if (!this.#term.signal.aborted) this.#fail(error);
    });
  }

  #removeMember(session: Session, tab: string): void {
    session.members.delete(tab);
    if (session.members.size > 0 || this.#sessions.get(session.runId) !== session) return;
    this.#end(session);
    session.stream.remove(session);
  }

  #end(session: Session): void {
    this.#sessions.delete(session.runId);
    session.channel.close();
    if (session.runId === this.#tab.runId) this.#term.abort();
  }
}

/** Of a run that another tab looks at: the leader holds it in memory, from what that tab holds. */
function memoryOf(runId: string, expectedUntil: number, held: Hello["held"]): HeldRun {
  let live: LiveRun = beginLive(runId);
  if (held !== null) live = liveAfterFrames(live, [held]);
  return {
    runId,
    expectedUntil,
    read: () => live,
    update: (change) => {
      live = change(live);
    },
  };
}
