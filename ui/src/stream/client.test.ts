import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Frame } from "../api/types.ts";
import { followStream, parseFrame, SILENCE_MS } from "./client.ts";
import type { Signal } from "./connection.ts";

/** A scripted gateway: each connection gets the next answer; the last answer repeats. */
class Gateway {
  readonly asked: (string | null)[] = [];
  readonly askedAt: number[] = [];
  readonly frames: Frame[] = [];
  readonly signals: Signal[] = [];
  readonly faults: string[] = [];
  readonly #answers: (() => Response | Promise<Response>)[];

  constructor(...answers: (() => Response | Promise<Response>)[]) {
    this.#answers = answers;
  }

  follow(abort: AbortController, expectedUntil = 0): Promise<void> {
    return followStream(
      {
        url: "/events",
        lastEventId: null,
        expectedUntil,
        fetch: (_url, init) => this.#answer(init?.headers as Record<string, string>),
        now: () => Date.now(),
        random: () => 0,
        onFrames: (frames) => this.frames.push(...frames),
        onFault: (reason) => this.faults.push(reason),
        onSignal: (signal) => this.signals.push(signal),
      },
      abort.signal,
    );
  }

  kinds(): string[] {
    return this.signals.map((signal) => signal.kind);
  }

  async #answer(headers: Record<string, string>): Promise<Response> {
    this.asked.push(headers["Last-Event-ID"] ?? null);
    this.askedAt.push(Date.now());
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

const DELTA =
  'id: 1.0.7\nevent: delta\ndata: {"asOf":{"generation":1,"partition":0,"offset":7},"run":null,"calls":[]}\n\n';
const BYE =
  'event: bye\ndata: {"asOf":{"generation":1,"partition":0,"offset":7},"reason":"shutdown","retryMs":1700}\n\n';

describe("followStream", () => {
  let abort: AbortController;

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    abort = new AbortController();
  });

  afterEach(() => {
    abort.abort();
    vi.useRealTimers();
  });

  it("should resume from the last frame it could read", async () => {
    const gateway = new Gateway(sse(DELTA, "closed"), sse("", "open"));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(600);
    expect(gateway.asked).toEqual([null, "1.0.7"]);
    expect(gateway.frames.map((frame) => frame.event)).toEqual(["delta"]);
  });

  it.each([404, 400])("should stop and say gone at %i", async (code) => {
    const gateway = new Gateway(status(code));
    await gateway.follow(abort);
    expect(gateway.kinds()).toEqual(["gone"]);
  });

  it("should wait for a run that was accepted a moment ago", async () => {
    const gateway = new Gateway(status(404), sse(DELTA, "open"));
    void gateway.follow(abort, 10_000);
    await vi.advanceTimersByTimeAsync(500);
    expect(gateway.frames).toHaveLength(1);
    expect(gateway.kinds()).not.toContain("gone");
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

  it("should count a frame it cannot read and not resume past it", async () => {
    const broken = "id: 1.0.9\nevent: delta\ndata: {oops\n\n";
    const gateway = new Gateway(sse(DELTA + broken, "closed"), sse("", "open"));
    void gateway.follow(abort);
    await vi.advanceTimersByTimeAsync(600);
    expect(gateway.faults).toEqual(['unreadable frame "delta"']);
    expect(gateway.asked[1]).toBe("1.0.7");
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
