/** One message of a text/event-stream; a comment line is a message of its own: it proves life. */
export type SseMessage =
  { kind: "event"; event: string; data: string; id: string | null } | { kind: "comment" };

/**
 * Reads a text/event-stream piece by piece. Pieces may be cut anywhere; lines may end in LF, CR or
 * CRLF. An event that is not closed by an empty line is never delivered.
 */
export class SseParser {
  #rest = "";
  #event = "";
  #id: string | null = null;
  #data: string[] = [];

  push(text: string): SseMessage[] {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#line(line));
  }

  #line(line: string): SseMessage[] {
    if (line === "") return this.#dispatch();
    if (line.startsWith(":")) return [{ kind: "comment" }];
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#event = value;
    if (field === "data") this.#data.push(value);
    if (field === "id" && !value.includes("\0")) this.#id = value;
    return [];
  }

  #dispatch(): SseMessage[] {
    const data = this.#data;
    const event = this.#event === "" ? "message" : this.#event;
    this.#data = [];
    this.#event = "";
    return data.length === 0 ? [] : [{ kind: "event", event, data: data.join("\n"), id: this.#id }];
  }
}
