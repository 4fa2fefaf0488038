import { describe, expect, it } from "vitest";
import { SseParser, type SseMessage } from "./sse.ts";

const STREAM =
  ': hello\n\nid: 1.2.3\nevent: delta\ndata: {"a":1,\ndata: "b":2}\n\nevent: bye\r\ndata: x\r\n\r\n';

const EXPECTED: SseMessage[] = [
  { kind: "comment" },
  { kind: "event", event: "delta", data: '{"a":1,\n"b":2}', id: "1.2.3" },
  { kind: "event", event: "bye", data: "x", id: "1.2.3" },
];

describe("SseParser", () => {
  it("should read events, comments and several data lines", () => {
    expect(new SseParser().push(STREAM)).toEqual(EXPECTED);
  });

  it("should not care where the stream is cut", () => {
    for (let cut = 1; cut < STREAM.length; cut++) {
      const parser = new SseParser();
      const messages = [...parser.push(STREAM.slice(0, cut)), ...parser.push(STREAM.slice(cut))];
      expect(messages).toEqual(EXPECTED);
    }
  });

  it("should read it one character at a time", () => {
    const parser = new SseParser();
    expect(Array.from(STREAM).flatMap((character) => parser.push(character))).toEqual(EXPECTED);
  });

  it("should not deliver an event that was cut off", () => {
    expect(new SseParser().push("event: delta\ndata: {}\n")).toEqual([]);
  });

  it("should end lines at a lone carriage return", () => {
    const messages = new SseParser().push("data: a\r\rdata: b\r\r:\n");
    expect(messages.map((message) => message.kind)).toEqual(["event", "event", "comment"]);
  });
});
