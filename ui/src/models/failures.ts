import type { CallView } from "../api/types.ts";

/** All that went wrong in a run with one cause: what still stands, and what a retry has mended. */
export interface FailureGroup {
  kind: string;
  /** Calls whose latest attempt failed with this kind: still waiting for a retry, or ended so. */
  standing: number;
  /** Attempts that failed with this kind and were followed by another attempt. */
  retried: number;
  /** The latest message. */
  message: string;
  lastAt: string;
}

/** Standing failures first, then the most frequent. Another call's success clears nothing. */
export function failureGroups(calls: Iterable<CallView>): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  const add = (kind: string, message: string, at: string, field: "standing" | "retried") => {
    const group = groups.get(kind) ?? { kind, standing: 0, retried: 0, message, lastAt: at };
    const latest = at >= group.lastAt ? { message, lastAt: at } : {};
    groups.set(kind, { ...group, ...latest, [field]: group[field] + 1 });
  };
  for (const call of calls) {
    for (const retry of call.retries) add(retry.cause, retry.message, retry.at, "retried");
    const error = call.lastError;
    if (error?.active === true) add(error.kind, error.message, error.at, "standing");
  }
  return [...groups.values()].sort(
    (a, b) => b.standing - a.standing || b.retried - a.retried || a.kind.localeCompare(b.kind),
  );
}
