import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Frame } from "../api/types.ts";
import { version } from "../models/fixtures.ts";
import { SILENCE_MS, StreamClient, type StreamSignal, type WantedRun } from "./client.ts";
import { parseFrame } from "./frames.ts";

/** A scripted gateway: each connection gets the next answer; the last answer repeats. */
class Gateway {
  readonly asked: string[] = [];
  readonly askedAt: number[] = [];
  readonly frames: Frame[] = [];
  readonly signals: StreamSignal[] = [];
  readonly faults: string[] = [];
  readonly #answers: (() => Response | Promise<Response>)[];
  wanted: WantedRun[] = [{ runId: "run-1", from: null }];
  readonly client = new StreamClient({
    wanted: () => this.wanted,
    waitMs: 0,
    fetch: (url, init) => this.#answer(url as string, init?.signal ?? null),
    now: () => Date.now(),
    random: () => 0,
    onFrames: (frames) => this.frames.push(...frames),
    onFault: (reason) => this.faults.push(reason),
    onSignal: (signal) => this.signals.push(signal),
  });
  open = 0;

  constructor(...answers: (() => Response | Promise<Response>)[]) {
    this.#answers = answers;
  }

  follow(abort: AbortController): Promise<void> {
    return this.client.follow(abort.signal);
  }

  kinds(): string[] {
    return this.signals.map((signal) => signal.kind);
  }

  async #answer(address: string, signal: AbortSignal | null): Promise<Response> {
    this.asked.push(decodeURIComponent(address.slice("/api/v1/events?".length)));
    this.askedAt.push(Date.now());
    this.open++;
    signal?.addEventListener("abort", () => this.open--);
    const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
    if (answer === undefined) throw new Error("no answer is scripted");
    return answer();
  }
}

function sse(text: string, end: "open" | "closed"): () => Response {
  return () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text));
        if (end === "closed") controller.close();
      },
    });
    return new Response(body, { status: 200 });
  };
}

function status(code: number, headers: Record<string, string> = {}): () => Response {
  return () => new Response(null, { status: code, headers });
}

function text(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify({ runId: "run-1", asOf: version(7), ...data })}\n\n`;
}

const OPEN = ": open\n\n";
const DELTA = text("delta", { run: null, calls: [] });
const BYE = text("bye", { reason: "shutdown", retryMs: 1_700 });

describe("StreamClient", () => {
  let abort: AbortController;

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    abort = new AbortController();
  });

  afterEach(() => {
    abort.abort();
    vi.useRealTimers();
  });

  it("should ask for all runs, each from where it is held, and anew at each connection", async () => {
    const gateway = new Gateway(sse(DELTA, "closed"), sse(OPEN, "open"));
    gateway.wanted = [{ runId: "run-1", from: version(3) }];
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(10);
    gateway.wanted = [
      { runId: "run-1", from: version(7) },
      { runId: "run-2", from: null },
    ];
    await vi.advanceTimersByTimeAsync(600);
    expect(gateway.asked).toEqual([
      "run=run-1&from=run-1@1.0.3",
      "run=run-1&run=run-2&from=run-1@1.0.7",
    ]);
    expect(gateway.frames.map((frame) => frame.event)).toEqual(["delta"]);
  });

  it("should ask anew at once when other runs are wanted, and have lost nothing", async () => {
    const gateway = new Gateway(sse(OPEN, "open"));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(10);
    gateway.client.reopen();
    expect(gateway.asked, "nothing has changed").toHaveLength(1);
    gateway.wanted = [...gateway.wanted, { runId: "run-2", from: null }];
    gateway.client.reopen();
    await vi.advanceTimersByTimeAsync(10);
    expect(gateway.asked).toEqual(["run=run-1", "run=run-1&run=run-2"]);
    expect(gateway.open).toBe(1);
    expect(gateway.signals.map((each) => [each.kind, "again" in each && each.again])).toEqual([
      ["opened", false],
      ["opened", true],
    ]);
  });

  it("should let the gateway answer before it asks for what has changed meanwhile", async () => {
    let answer: (response: Response) => void = () => undefined;
    const slow = () => new Promise<Response>((resolve) => (answer = resolve));
    const gateway = new Gateway(slow, sse(OPEN, "open"));
    void gateway.follow(abort);
    for (const runId of ["run-2", "run-3", "run-4"]) {
      await vi.advanceTimersByTimeAsync(10);
      gateway.wanted = [...gateway.wanted, { runId, from: null }];
      gateway.client.reopen();
    }
    answer(sse(OPEN, "open")());
    await vi.advanceTimersByTimeAsync(10);
    expect(gateway.asked).toEqual(["run=run-1", "run=run-1&run=run-2&run=run-3&run=run-4"]);
    expect(gateway.open).toBe(1);
    expect(gateway.kinds()).toEqual(["opened"]);
  });

  it.each([
    [401, "signed-out"],
    [400, "refused"],
  ])("should stop at %i and say why", async (code, kind) => {
    const gateway = new Gateway(status(code));
    await gateway.follow(abort);
    expect(gateway.kinds()).toEqual([kind]);
  });

  it("should not give up many runs for one that is no id", async () => {
    const gateway = new Gateway(status(400));
    gateway.wanted = [...gateway.wanted, { runId: "run-2", from: null }];
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(600);
    expect(new Set(gateway.kinds())).toEqual(new Set(["lost"]));
  });

  it("should obey Retry-After at 503", async () => {
    const gateway = new Gateway(status(503, { "Retry-After": "7" }), sse(DELTA, "open"));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(6_999);
    expect(gateway.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(gateway.asked).toHaveLength(2);
  });

  it("should reconnect when the server asked for it with bye", async () => {
    const gateway = new Gateway(sse(DELTA + BYE, "closed"), sse("", "open"));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(1_700);
    expect(gateway.askedAt).toEqual([0, 1_700]);
  });

  it("should ask anew when one run has said bye and the stream goes on", async () => {
    const gateway = new Gateway(sse(DELTA + BYE, "open"), sse(OPEN, "open"));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(1_700);
    expect(gateway.askedAt).toEqual([0, 1_700]);
    expect(gateway.kinds()).not.toContain("lost");
  });

  it("should reconnect after 25 s without a sign of life", async () => {
    const gateway = new Gateway(sse(DELTA, "open"), sse(DELTA, "open"));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1);
    expect(gateway.kinds()).not.toContain("lost");
    await vi.advanceTimersByTimeAsync(1 + 500);
    expect(gateway.asked).toHaveLength(2);
  });

  it("should keep trying when the gateway cannot be reached", async () => {
    const gateway = new Gateway(() => Promise.reject(new TypeError("refused")));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(gateway.asked.length).toBeGreaterThanOrEqual(4);
    expect(new Set(gateway.kinds())).toEqual(new Set(["lost"]));
  });

  it("should count a frame it cannot read", async () => {
    const gateway = new Gateway(sse(`${DELTA}event: delta\ndata: {oops\n\n`, "open"));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(10);
    expect(gateway.faults).toEqual(['unreadable frame "delta"']);
    expect(gateway.frames).toHaveLength(1);
  });

  it("should hand on the newest pulse with the time at which it came", async () => {
    const pulse = (at: string) => text("pulse", { at, trouble: null, runs: [] });
    const gateway = new Gateway(sse(pulse("2026-01-01") + pulse("2026-01-02"), "open"));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(10);
    expect(gateway.faults).toEqual([]);
    expect(gateway.signals.at(-1)).toMatchObject({
      kind: "pulse",
      pulse: { at: "2026-01-02" },
      receivedAt: 0,
    });
  });

  it("should end at once and in silence when the page leaves", async () => {
    const gateway = new Gateway(sse(DELTA, "open"));
    const done = gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(10);
    abort.abort();
    await done;
    expect(gateway.kinds()).not.toContain("lost");
  });
});

describe("parseFrame", () => {
  it("should refuse what is not of the contract", () => {
    expect(parseFrame("message", "{}")).toBeNull();
    expect(parseFrame("delta", "{")).toBeNull();
    expect(parseFrame("bye", '{"retryMs":5}')).toMatchObject({ event: "bye", retryMs: 5 });
  });
});
