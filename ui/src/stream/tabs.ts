import type { Frame, SnapshotFrame, Version } from "../api/types.ts";
import type { Connection } from "./connection.ts";
import type { RunPulse } from "./live.ts";

/** Whoever holds it leads all tabs of the browser. */
export const LEADER_LOCK = "acm2.stream";

/** Here the leader listens: tabs tell it what they look at. */
export const LEADER_CHANNEL = "acm2.leader";

/** Here all tabs listen: a new leader says that it leads. */
export const TABS_CHANNEL = "acm2.tabs";

/** Held by a tab as long as it looks at its run: it is free when the tab has left, in whatever way. */
export const tabLock = (tab: string) => `acm2.tab.${tab}`;

/** Here those listen that look at the run. */
export const runChannel = (runId: string) => `acm2.frames.${runId}`;

/**
 * What the tabs of one browser offer each other. A lock says who leads: the browser itself gives it
 * on when its tab is closed or has crashed, so nobody has to guess from silence.
 */
export interface Tabs {
  /**
   * Runs `hold` once this tab holds the lock, which it does until `hold` has ended. Rejects with an
   * AbortError when the signal aborts before that, or when another tab has taken the lock away.
   */
  lock(name: string, hold: () => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Takes the lock from whoever holds it; otherwise like `lock`. */
  takeOver(name: string, hold: () => Promise<void>): Promise<void>;
  /** To all who listen but itself; what one sends arrives in its order. */
  channel(name: string, onMessage: (message: TabMessage) => void): TabChannel;
  /** The same without listening. */
  post(name: string, message: TabMessage): void;
  isVisible(): boolean;
}

export interface TabChannel {
  post(message: TabMessage): void;
  close(): void;
}

export type TabMessage = Hello | { kind: "leading" } | LeaderMessage;

/** Said to the leader by who follows and lacks something. */
export interface Hello {
  kind: "hello";
  tab: string;
  runId: string;
  /** All that this tab holds of the run: a leader that holds less can go on from there. */
  held: SnapshotFrame | null;
  /** Until then "unknown" means "not yet" (milliseconds of the epoch). */
  expectedUntil: number;
}

/** What a leader says of one run. Numbered without gaps, so that one that was missed is noticed. */
export type LeaderMessage = Told & {
  kind: "leader";
  leader: string;
  number: number;
  connection: Connection;
  /** So long the leader waits before it asks the gateway again; 0 while it need not wait. */
  waitMs: number;
  hidden: boolean;
};

export type Told =
  /** The leader stands there: who has as much lacks nothing. */
  | { told: "standing"; asOf: Version | null }
  /** All that the leader holds; null while it holds nothing itself. */
  | { told: "state"; snapshot: Frame | null }
  | { told: "frames"; frames: Frame[] }
  | { told: "fault" }
  | { told: "pulse"; pulse: RunPulse }
  | { told: "connection" };

/** The tabs of this browser; null where it cannot say who leads (plain HTTP has no locks). */
export function browserTabs(): Tabs | null {
  // An insecure page has no lock manager, whatever the types say.
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined || typeof BroadcastChannel === "undefined") return null;
  return {
    lock: async (name, hold, signal) => await locks.request(name, { signal }, hold),
    takeOver: async (name, hold) => await locks.request(name, { steal: true }, hold),
    channel: openChannel,
    post: (name, message) => {
      const channel = new BroadcastChannel(name);
      channel.postMessage(message);
      channel.close();
    },
    isVisible: () => document.visibilityState === "visible",
  };
}

function openChannel(name: string, onMessage: (message: TabMessage) => void): TabChannel {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event: MessageEvent<TabMessage>) => onMessage(event.data);
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}
