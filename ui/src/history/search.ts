import type { Phase } from "../api/types.ts";
import { NUMBER_NAMES, type NumberSource } from "./numbers.ts";

/** How a number lives in the address of its run: a link shows the same events. */
export interface NumberSearch {
  number?: NumberSource["number"];
  phase?: Phase;
  model?: string;
  worker?: string;
  failure?: string;
}

const PHASES = ["GENERATION", "SINGLE_EVAL", "PAIRWISE", "COMBINE", "POST_COMBINE"] as const;

/** What does not name a number names nothing: a part alone is left out. */
export function parseNumberSearch(search: Record<string, unknown>): NumberSearch {
  const number = NUMBER_NAMES.find((name) => name === search.number);
  if (number === undefined) return {};
  const phase = PHASES.find((name) => name === search.phase);
  return {
    number,
    ...(phase === undefined ? {} : { phase }),
    ...textAt("model", search.model),
    ...textAt("worker", search.worker),
    ...textAt("failure", search.failure),
  };
}

/** A name of digits alone comes out of the address as a number. */
function textAt<Name extends string>(name: Name, text: unknown): Partial<Record<Name, string>> {
  if (typeof text !== "string" && typeof text !== "number") return {};
  return { [name]: String(text) } as Record<Name, string>;
}

export function sourceIn({ number, ...scope }: NumberSearch): NumberSource | null {
  return number === undefined ? null : { number, ...scope };
}

/** The change of an address that shows the events of the number; null shows none. */
export function searchFor(source: NumberSource | null): {
  [Part in keyof NumberSearch]-?: NumberSearch[Part] | null;
} {
  return {
    number: source?.number ?? null,
    phase: source?.phase ?? null,
    model: source?.model ?? null,
    worker: source?.worker ?? null,
    failure: source?.failure ?? null,
  };
}

/** The address of the events of a number, for a link that can be kept. */
export function hrefOf(runId: string, source: NumberSource): string {
  const parts = Object.entries(source).map(([name, value]) => [name, String(value)]);
  const search = new URLSearchParams(parts).toString();
  return `/runs/${encodeURIComponent(runId)}?${search}`;
}
