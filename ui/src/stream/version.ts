import type { Version } from "../api/types.ts";

/** Negative when a is older than b. A rebuilt projection (higher generation) is always newer. */
export function compareVersions(a: Version, b: Version): number {
  return a.generation - b.generation || a.offset - b.offset;
}

/** The id of a frame, as the server writes it and takes it back. */
export function frameId(version: Version): string {
  return `${version.generation}.${version.partition}.${version.offset}`;
}

/** Where the stream of some runs is, each from where its frames are held. */
export function addressOf(runs: readonly { runId: string; from: Version | null }[]): string {
  const search = new URLSearchParams(runs.map(({ runId }) => ["run", runId]));
  for (const { runId, from } of runs)
    if (from !== null) search.append("from", `${runId}@${frameId(from)}`);
  return `/api/v1/events?${search.toString()}`;
}
