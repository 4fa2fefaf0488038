/** Which two runs are beside each other, as the address holds it. */
export interface CompareSearch {
  a?: string;
  b?: string;
}

export function parseCompareSearch(search: Record<string, unknown>): CompareSearch {
  const [a, b] = [search.a, search.b].map(text);
  return { ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) };
}

function text(value: unknown): string | undefined {
  const read = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  return read === "" ? undefined : read;
}
