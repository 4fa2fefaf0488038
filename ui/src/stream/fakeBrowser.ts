import { setMaxListeners } from "node:events";
import type { TabMessage, Tabs } from "./tabs.ts";

interface Waiter {
  hold: () => Promise<void>;
  tab: number;
  settle: { resolve: () => void; reject: (reason: unknown) => void };
}

interface Lock {
  holder: Waiter | null;
  queue: Waiter[];
}

interface Listener {
  tab: number;
  name: string;
  hear: (message: TabMessage) => void;
}

/** Locks and channels as browsers have them: a lock goes on when its tab dies, unasked. */
export class FakeBrowser {
  readonly #locks = new Map<string, Lock>();
  readonly #listeners = new Set<Listener>();
  readonly #dead = new Set<number>();
  /** Drops messages that a test wants to be lost: from, to. */
  isLost: (from: number, to: number, message: TabMessage) => boolean = () => false;
  hidden = new Set<number>();
  refusesLocks = false;

  tab(tab: number): Tabs {
    return {
      lock: (name, hold, signal) =>
        this.#request(name, tab, hold, (lock, waiter) => {
          if (this.refusesLocks) throw new DOMException("refused", "SecurityError");
          signal.throwIfAborted();
          // A leader waits for the locks of all its tabs with one signal.
          setMaxListeners(0, signal);
          lock.queue.push(waiter);
          signal.addEventListener("abort", () => this.#leave(lock, waiter, signal.reason));
        }),
      takeOver: (name, hold) =>
        this.#request(name, tab, hold, (lock, waiter) => {
          lock.holder?.settle.reject(new DOMException("stolen", "AbortError"));
          lock.holder = null;
          lock.queue.unshift(waiter);
        }),
      channel: (name, hear) => {
        const listener = { tab, name, hear };
        this.#listeners.add(listener);
        return {
          post: (message) => this.#post(tab, name, message, listener),
          close: () => this.#listeners.delete(listener),
        };
      },
      post: (name, message) => this.#post(tab, name, message, null),
      isVisible: () => !this.hidden.has(tab),
    };
  }

  /** What a crash does: nothing of the tab runs any more, and its locks go on. */
  crash(tab: number): void {
    this.#dead.add(tab);
    for (const listener of [...this.#listeners])
      if (listener.tab === tab) this.#listeners.delete(listener);
    for (const lock of this.#locks.values()) {
      lock.queue = lock.queue.filter((waiter) => waiter.tab !== tab);
      if (lock.holder?.tab === tab) lock.holder = null;
      this.#grant(lock);
    }
  }

  /** The tab that holds the lock. */
  holder(name: string): number | null {
    return this.#locks.get(name)?.holder?.tab ?? null;
  }

  #request(
    name: string,
    tab: number,
    hold: () => Promise<void>,
    enter: (lock: Lock, waiter: Waiter) => void,
  ): Promise<void> {
    const lock = this.#locks.get(name) ?? { holder: null, queue: [] };
    this.#locks.set(name, lock);
    return new Promise((resolve, reject) => {
      enter(lock, { hold, tab, settle: { resolve, reject } });
      this.#grant(lock);
    });
  }

  #leave(lock: Lock, waiter: Waiter, reason: unknown): void {
    if (!lock.queue.includes(waiter)) return;
    lock.queue = lock.queue.filter((each) => each !== waiter);
    waiter.settle.reject(reason);
  }

  #grant(lock: Lock): void {
    if (lock.holder !== null) return;
    const next = lock.queue.shift();
    if (next === undefined) return;
    lock.holder = next;
    setTimeout(() => {
      if (this.#dead.has(next.tab)) return;
      void next.hold().then(
        () => this.#release(lock, next, next.settle.resolve),
        (reason: unknown) => this.#release(lock, next, () => next.settle.reject(reason)),
      );
    });
  }

  #release(lock: Lock, waiter: Waiter, settle: () => void): void {
    settle();
    if (lock.holder !== waiter) return;
    lock.holder = null;
    this.#grant(lock);
  }

  #post(tab: number, name: string, message: TabMessage, self: Listener | null): void {
    if (this.#dead.has(tab)) return;
    const copy = structuredClone(message);
    for (const listener of this.#listeners) {
      if (listener === self || listener.name !== name) continue;
      if (this.isLost(tab, listener.tab, message)) continue;
      setTimeout(() => this.#listeners.has(listener) && listener.hear(copy));
    }
  }
}
