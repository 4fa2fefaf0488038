import type { SourceView } from "../api/types.ts";

/** In the place of a document: the text that it was made from. */
export const SOURCE = "source";

/** Opens a document, and perhaps another one (or the source) beside it. */
export type OnShow = (document: string, beside?: string) => void;

/** The source that a document belongs to; null when it is not known (any more). */
export function sourceOf(views: readonly SourceView[], document: string): SourceView | null {
  return views.find((view) => view.documents.some(({ docId }) => docId === document)) ?? null;
}
