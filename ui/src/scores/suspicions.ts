import type { SourceDocument, SourceView, Suspicion } from "../api/types.ts";

const KINDS: Record<Suspicion["kind"], string> = {
  OVERRIDE: "overrides the rules",
  DEMAND: "demands a score",
  ADDRESS: "addresses the judge",
  ROLE_MARKER: "plays another speaker",
  HIDDEN: "hidden from readers",
};

export function kindText(kind: Suspicion["kind"]): string {
  return KINDS[kind];
}

/** A part of a text; `suspicion` tells why it stands out. */
export interface TextPart {
  text: string;
  suspicion: Suspicion | null;
}

/**
 * The text with the suspicious passages set apart. An excerpt has its white space made single and may be
 * cut, so its end is found by its words; one that is not at its place is left unmarked.
 */
export function partsOf(text: string, suspicions: readonly Suspicion[]): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const suspicion of suspicions.toSorted((a, b) => a.position - b.position)) {
    const end = endOf(text, suspicion);
    if (end === null || suspicion.position < from) continue;
    if (suspicion.position > from)
      parts.push({ text: text.slice(from, suspicion.position), suspicion: null });
    parts.push({ text: text.slice(suspicion.position, end), suspicion });
    from = end;
  }
  if (from < text.length || parts.length === 0)
    parts.push({ text: text.slice(from), suspicion: null });
  return parts;
}

function endOf(text: string, { position, excerpt }: Suspicion): number | null {
  const words = excerpt.split(" ").map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const here = new RegExp(words.join("\\s+"), "y");
  here.lastIndex = position;
  return here.test(text) ? here.lastIndex : null;
}

/** How many documents of the run speak to their judge. */
export function suspectedIn(views: readonly SourceView[]): number {
  return views.reduce((sum, { documents }) => sum + documents.filter(isSuspected).length, 0);
}

function isSuspected({ flags }: SourceDocument): boolean {
  return flags.includes("INJECTION_SUSPECTED");
}
