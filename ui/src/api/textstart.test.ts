import { describe, expect, it } from "vitest";
import { startOf } from "./textstart.ts";

/** A body that comes in pieces of so many bytes, and says whether anybody asked for more than needed. */
function bodyOf(text: string, piece: number) {
  const bytes = new TextEncoder().encode(text);
  const seen = { at: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (seen.at >= bytes.length) {
          controller.close();
          return;
        }
        controller.enqueue(bytes.slice(seen.at, seen.at + piece));
        seen.at += piece;
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, seen };
}

describe("startOf", () => {
  it("should give all of a text that is short enough", async () => {
    for (const piece of [1, 3, 100])
      expect(await startOf(bodyOf("Übergröße €", piece).body, 100)).toEqual({
        text: "Übergröße €",
        whole: true,
      });
    expect(await startOf(bodyOf("", 1).body, 10)).toEqual({ text: "", whole: true });
    expect(await startOf(bodyOf("12345", 2).body, 5)).toEqual({ text: "12345", whole: true });
  });

  it("should stop reading behind what is shown", async () => {
    const { body, seen } = bodyOf("x".repeat(10_000), 100);
    expect(await startOf(body, 250)).toEqual({ text: "x".repeat(250), whole: false });
    expect(seen).toEqual({ at: 300, cancelled: true });
  });

  it("should not cut through a character", async () => {
    expect(await startOf(bodyOf("aü€", 10).body, 2)).toEqual({ text: "a", whole: false });
  });
});
