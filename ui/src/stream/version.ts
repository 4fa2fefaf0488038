import type { Version } from "../api/types.ts";

/** Negative when a is older than b. A rebuilt projection (higher generation) is always newer. */
export function compareVersions(a: Version, b: Version): number {
  return a.generation - b.generation || a.offset - b.offset;
}

/** The id of a frame, as the server writes it and takes it back in Last-Event-ID. */
export function frameId(version: Version): string {
  return `${version.generation}.${version.partition}.${version.offset}`;
}
