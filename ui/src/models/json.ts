/**
 * JSON with line breaks and indents; null when the text is no JSON. Only blanks are changed: numbers,
 * escapes and doubled fields stay as they came, which parsing and writing anew would lose.
 */
export function indentedJson(text: string): string | null {
  return isJson(text) ? indented(text) : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Strings as a whole, single marks, and what stands between them without blanks. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

function indented(json: string): string {
  const tokens = json.match(TOKENS) ?? [];
  const out: string[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1] ?? "";
    const closes = isEnd(token);
    if (closes) depth--;
    if (closes ? !isStart(before) : isStart(before) || before === ",")
      out.push("\n", "  ".repeat(depth));
    out.push(token === ":" ? ": " : token);
    if (isStart(token)) depth++;
  }
  return out.join("");
}

function isStart(token: string): boolean {
  return token === "{" || token === "[";
}

function isEnd(token: string): boolean {
  return token === "}" || token === "]";
}
