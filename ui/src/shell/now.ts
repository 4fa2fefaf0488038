import { createContext, use, useSyncExternalStore } from "react";
import { serverOffset } from "../stream/serverClock.ts";

/** Where the page's time comes from: the real clock, or that of a replay. */
export interface Clock {
  /** Milliseconds of the epoch; the same value until the listeners are called. */
  now: () => number;
  subscribe: (listener: () => void) => () => void;
}

/**
 * The clock on the wall, set right by the gateway's: one value a second for the whole page, so that
 * every age on the screen belongs to the same moment.
 */
function realClock(): Clock {
  const listeners = new Set<() => void>();
  let current = read();
  let timer: ReturnType<typeof setInterval> | undefined;

  function tick(): void {
    current = read();
    listeners.forEach((listener) => listener());
  }

  return {
    now: () => current,
    subscribe: (listener) => {
      if (listeners.size === 0) {
        current = read();
        timer = setInterval(tick, 1_000);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
  };
}

function read(): number {
  // eslint-disable-next-line no-restricted-syntax -- the one place that reads the clock for the page
  return Date.now() + serverOffset();
}

/** The clock of all below it. */
export const ClockContext = createContext<Clock>(realClock());

/**
 * Milliseconds of the epoch, renewed each second. Components and models take time from here and from
 * nowhere else.
 */
export function useNow(): number {
  const { subscribe, now } = use(ClockContext);
  return useSyncExternalStore(subscribe, now);
}
