import type { Version } from "../api/types.ts";

/** Whether what is held was true before the other one. A new generation begins anew. */
export function isOlder(held: Version, than: Version): boolean {
  if (held.generation !== than.generation) return held.generation < than.generation;
  return held.offset < than.offset;
}
