import type { TabChannel, TabMessage, Tabs } from "./tabs.ts";

interface Waiter {
  lead: () => Promise<void>;
  tab: number;
  settle: { resolve: () => void; reject: (reason: unknown) => void };
}

/** Locks and channels as browsers have them: a lock goes on when its tab dies, unasked. */
export class FakeBrowser {
  #holder: Waiter | null = null;
  #queue: Waiter[] = [];
  readonly #channels = new Map<number, (message: TabMessage) => void>();
  readonly #dead = new Set<number>();
  /** Drops messages that a test wants to be lost: from, to. */
  isLost: (from: number, to: number, message: TabMessage) => boolean = () => false;
  hidden = new Set<number>();
  refusesLocks = false;

  tab(tab: number): Tabs {
    return {
      lock: (_name, lead, signal) =>
        this.#request(tab, lead, (waiter) => {
          if (this.refusesLocks) throw new DOMException("refused", "SecurityError");
          this.#queue.push(waiter);
          signal.addEventListener("abort", () => this.#leave(waiter, signal.reason));
        }),
      takeOver: (_name, lead) =>
        this.#request(tab, lead, (waiter) => {
          this.#holder?.settle.reject(new DOMException("stolen", "AbortError"));
          this.#holder = null;
          this.#queue.unshift(waiter);
        }),
      channel: (_name, onMessage) => this.#open(tab, onMessage),
      isVisible: () => !this.hidden.has(tab),
    };
  }

  /** What a crash does: nothing of the tab runs any more, and its lock goes on. */
  crash(tab: number): void {
    this.#dead.add(tab);
    this.#channels.delete(tab);
    this.#queue = this.#queue.filter((waiter) => waiter.tab !== tab);
    if (this.#holder?.tab === tab) this.#holder = null;
    this.#grant();
  }

  get leader(): number | null {
    return this.#holder?.tab ?? null;
  }

  #request(tab: number, lead: () => Promise<void>, enter: (waiter: Waiter) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      enter({ lead, tab, settle: { resolve, reject } });
      this.#grant();
    });
  }

  #leave(waiter: Waiter, reason: unknown): void {
    if (!this.#queue.includes(waiter)) return;
    this.#queue = this.#queue.filter((each) => each !== waiter);
    waiter.settle.reject(reason);
  }

  #grant(): void {
    if (this.#holder !== null) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    this.#holder = next;
    setTimeout(() => {
      if (this.#dead.has(next.tab)) return;
      void next.lead().then(() => {
        if (this.#holder !== next) return;
        this.#holder = null;
        next.settle.resolve();
        this.#grant();
      }, next.settle.reject);
    });
  }

  #open(tab: number, onMessage: (message: TabMessage) => void): TabChannel {
    this.#channels.set(tab, onMessage);
    return {
      post: (message) => {
        if (this.#dead.has(tab)) return;
        const copy = structuredClone(message);
        for (const [to, listener] of this.#channels) {
          if (to === tab || this.isLost(tab, to, message)) continue;
          setTimeout(() => this.#channels.get(to) === listener && listener(copy));
        }
      },
      close: () => {
        if (this.#channels.get(tab) === onMessage) this.#channels.delete(tab);
      },
    };
  }
}
