import { useSyncExternalStore } from "react";

/**
 * The page's clock: one value a second for the whole page. Components and models take time from
 * here and from nowhere else, so that every age on the screen belongs to the same moment.
 */
const listeners = new Set<() => void>();
let current = read();
let timer: ReturnType<typeof setInterval> | undefined;

function read(): number {
  // eslint-disable-next-line no-restricted-syntax -- the one place that reads the clock for the page
  return Date.now();
}

function tick(): void {
  current = read();
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    current = read();
    timer = setInterval(tick, 1_000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** Milliseconds of the epoch, renewed each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => current);
}
