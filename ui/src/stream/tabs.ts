import type { Frame, Version } from "../api/types.ts";
import type { Connection } from "./connection.ts";

/**
 * What the tabs of one browser offer each other. A lock says who leads: the browser itself gives it
 * on when its tab is closed or has crashed, so nobody has to guess from silence.
 */
export interface Tabs {
  /**
   * Runs `lead` once this tab holds the lock, which it does until `lead` has ended. Rejects with an
   * AbortError when the signal aborts before that, or when another tab has taken the lock away.
   */
  lock(name: string, lead: () => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Takes the lock from whoever holds it; otherwise like `lock`. */
  takeOver(name: string, lead: () => Promise<void>): Promise<void>;
  /** To all other tabs; what one tab sends arrives in its order. */
  channel(name: string, onMessage: (message: TabMessage) => void): TabChannel;
  isVisible(): boolean;
}

export interface TabChannel {
  post(message: TabMessage): void;
  close(): void;
}

/** "hello" is said by who follows and lacks something. */
export type TabMessage = { kind: "hello" } | LeaderMessage;

/** A leader's messages are numbered without gaps, so that one that was missed is noticed. */
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
  /** The first word of a new leader: from where it goes on. */
  | { told: "leading"; asOf: Version | null }
  /** All that the leader holds; null while it holds nothing itself. */
  | { told: "state"; snapshot: Frame | null }
  | { told: "frames"; frames: Frame[] }
  | { told: "fault" }
  | { told: "connection" };

/** The tabs of this browser; null where it cannot say who leads (plain HTTP has no locks). */
export function browserTabs(): Tabs | null {
  // An insecure page has no lock manager, whatever the types say.
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined || typeof BroadcastChannel === "undefined") return null;
  return {
    lock: async (name, lead, signal) => await locks.request(name, { signal }, lead),
    takeOver: async (name, lead) => await locks.request(name, { steal: true }, lead),
    channel: openChannel,
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
