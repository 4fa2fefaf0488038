import { useEffect, useRef, useSyncExternalStore } from "react";
import type { RunStatus, RunView } from "../api/types.ts";
import { counted, duration, money } from "../models/format.ts";
import { elapsedMs, iconOf, labelOf } from "../models/runs.ts";

/** Whether the end of a run is told outside of the page. Off until a person asks for it. */
export type Notices = "unsupported" | "off" | "on" | "denied";

const KEY = "acm2.notices";
const listeners = new Set<() => void>();

function read(): Notices {
  if (!("Notification" in globalThis) || !globalThis.isSecureContext) return "unsupported";
  if (localStorage.getItem(KEY) !== "on") return "off";
  // The browser's word counts, also when it was changed after the choice.
  return Notification.permission === "granted"
    ? "on"
    : Notification.permission === "denied"
      ? "denied"
      : "off";
}

function changed(): void {
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useNotices(): Notices {
  return useSyncExternalStore(subscribe, read);
}

/** Asks the browser for its permission: only ever called from a click. */
export async function turnOn(): Promise<void> {
  localStorage.setItem(KEY, "on");
  if (Notification.permission === "default") await Notification.requestPermission();
  // Closed without an answer is no yes; the box shows it.
  if (Notification.permission === "default") localStorage.removeItem(KEY);
  changed();
}

export function turnOff(): void {
  localStorage.removeItem(KEY);
  changed();
}

/** Whether the run has ended before the eyes of this page, and not before it was opened. */
export function hasJustEnded(before: RunStatus | null, after: RunStatus): boolean {
  return before !== null && before !== "FINISHED" && after === "FINISHED";
}

export interface Notice {
  title: string;
  body: string;
  /** One run has one notification, however many tabs look at it. */
  tag: string;
  icon: string;
}

export function noticeOf(run: RunView): Notice {
  const { stats } = run;
  const trouble = stats.failed + stats.timedOut;
  const parts = [
    `${counted(stats.ok, "call")} ok`,
    ...(trouble > 0 ? [`${counted(trouble, "call")} failed`] : []),
    money(stats.costUsd),
    // An ended run's duration does not depend on now.
    duration(elapsedMs(run, Date.parse(run.requestedAt))),
  ];
  return {
    title: `${labelOf(run.status, run.outcome).text}: ${run.name}`,
    body: parts.join(", "),
    tag: `acm2.run.${run.runId}`,
    icon: `/icons/${iconOf(run)}.svg`,
  };
}

/** Tells the end of the run when nobody looks at the page and a person has asked for it. */
export function useEndNotice(run: RunView | null): void {
  const before = useRef<RunStatus | null>(null);
  useEffect(() => {
    if (run === null) return;
    if (hasJustEnded(before.current, run.status) && document.hidden && read() === "on") {
      show(noticeOf(run));
    }
    before.current = run.status;
  }, [run]);
}

function show({ title, ...options }: Notice): void {
  try {
    const shown = new Notification(title, options);
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch (error) {
    // Some phones offer the permission and then only let a service worker notify.
    console.warn("The browser shows no notification", error);
  }
}
