import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { batched } from "./batch.ts";

const soon = () => vi.advanceTimersByTimeAsync(100);

describe("batched", () => {
  let asked: (readonly string[])[];
  const never = new AbortController().signal;
  const ask = batched(
    (ids) => {
      asked.push(ids);
      return ids.includes("broken")
        ? Promise.reject(new TypeError("no way"))
        : Promise.resolve(new Map(ids.filter((id) => id !== "gone").map((id) => [id, `<${id}>`])));
    },
    { waitMs: 100, most: 3 },
  );

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
  });

  afterEach(() => vi.useRealTimers());

  it("should ask once for all that is wanted within the moment", async () => {
    const answers = Promise.all([ask("a", never), ask("b", never), ask("a", never)]);
    await soon();
    expect(await answers).toEqual(["<a>", "<b>", "<a>"]);
    expect(asked).toEqual([["a", "b"]]);
  });

  it("should not wait longer than the moment for those that follow", async () => {
    const first = ask("a", never);
    await vi.advanceTimersByTimeAsync(99);
    void ask("b", never);
    await vi.advanceTimersByTimeAsync(1);
    expect(await first).toBe("<a>");
    void ask("c", never);
    await soon();
    expect(asked).toEqual([["a", "b"], ["c"]]);
  });

  it("should not ask for what nobody wants any more", async () => {
    const gone = new AbortController();
    const given = ask("a", gone.signal);
    const wanted = ask("b", never);
    const refused = expect(given).rejects.toThrow("aborted");
    gone.abort();
    await soon();
    await refused;
    expect(await wanted).toBe("<b>");
    expect(asked).toEqual([["b"]]);
  });

  it("should send nothing when all have given up", async () => {
    const gone = new AbortController();
    const refused = expect(ask("a", gone.signal)).rejects.toThrow("aborted");
    gone.abort();
    await soon();
    await refused;
    expect(asked).toEqual([]);
  });

  it("should ask for no more at once than is allowed", async () => {
    const answers = Promise.all(["a", "b", "c", "d"].map((id) => ask(id, never)));
    await soon();
    expect(await answers).toEqual(["<a>", "<b>", "<c>", "<d>"]);
    expect(asked).toEqual([["a", "b", "c"], ["d"]]);
  });

  it("should say null for what there is not", async () => {
    const answer = ask("gone", never);
    await soon();
    expect(await answer).toBeNull();
  });

  it("should tell an error to all who wait for that answer, and to nobody else", async () => {
    const both = ["a", "broken"].map((id) => expect(ask(id, never)).rejects.toThrow("no way"));
    await soon();
    await Promise.all(both);
    const after = ask("a", never);
    await soon();
    expect(await after).toBe("<a>");
  });
});
