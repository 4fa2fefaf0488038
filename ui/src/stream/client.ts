import type { Frame } from "../api/types.ts";
import { reconnectDelay, retryAfterMs, type Gone, type Signal } from "./connection.ts";
import { SseParser, type SseMessage } from "./sse.ts";

/** Two missed heartbeats and a half: the stream is dead although nobody has closed it. */
export const SILENCE_MS = 25_000;

export interface StreamOptions {
  url: string;
  /** Where an earlier stream of this run had come to; null asks for a snapshot. */
  lastEventId: string | null;
  /** So long the first connection waits: what the server said to whoever asked before. */
  waitMs?: number;
  /** Until then (milliseconds of the epoch) a 404 means "not yet": a run that was just accepted. */
  expectedUntil: number;
  fetch: typeof globalThis.fetch;
  now: () => number;
  random: () => number;
  /** The frames of one piece of the stream, together: one piece, one repaint. */
  onFrames: (frames: Frame[]) => void;
  onFault: (reason: string) => void;
  onSignal: (signal: Signal) => void;
}

/** How one connection ended, and how long to wait before the next. */
type Ending =
  { kind: "gone"; why: Gone } | { kind: "lost"; retryMs: number | null; reason: string };

/**
 * Follows a run's stream until the signal aborts or the run is gone. The one place that reconnects:
 * with jitter between 0.5 and 30 s, or when the server said so (bye, Retry-After).
 */
export async function followStream(options: StreamOptions, signal: AbortSignal): Promise<void> {
  const stream = new StreamClient(options);
  let failures = 0;
  await sleep(options.waitMs ?? 0, signal);
  while (!signal.aborted) {
    const ending = await stream.connectOnce(signal);
    // `aborted` may have become true while the connection was open.
    if (isAborted(signal)) return;
    if (ending.kind === "gone") {
      options.onSignal(ending);
      return;
    }
    failures = stream.delivered ? 0 : failures + 1;
    const waitMs = ending.retryMs ?? reconnectDelay(failures, options.random());
    options.onSignal({ kind: "lost", at: options.now(), reason: ending.reason, waitMs });
    await sleep(waitMs, signal);
  }
}

class StreamClient {
  readonly #options: StreamOptions;
  #lastEventId: string | null;
  #retryMs: number | null = null;
  #deleted = false;
  /** Whether the present connection has delivered a frame. */
  delivered = false;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#lastEventId = options.lastEventId;
  }

  async connectOnce(signal: AbortSignal): Promise<Ending> {
    const connection = new AbortController();
    const silence = new Silence(() => connection.abort(new Error("no sign of life for 25 s")));
    this.delivered = false;
    this.#retryMs = null;
    try {
      const open = AbortSignal.any([signal, connection.signal]);
      const response = await this.#open(open);
      const refused = this.#refusal(response);
      if (refused !== null) return refused;
      await this.#read(response, silence, open);
      return this.#ended("the stream ended");
    } catch (error) {
      // Any failure is answered by a reconnect; its reason is shown beside "stale".
      return this.#ended(String(error));
    } finally {
      silence.stop();
      connection.abort();
    }
  }

  #ended(reason: string): Ending {
    if (this.#deleted) return { kind: "gone", why: "deleted" };
    return { kind: "lost", retryMs: this.#retryMs, reason };
  }

  #open(signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { Accept: "text/event-stream" };
    if (this.#lastEventId !== null) headers["Last-Event-ID"] = this.#lastEventId;
    return this.#options.fetch(this.#options.url, { headers, signal, cache: "no-store" });
  }

  #refusal(response: Response): Ending | null {
    if (response.ok) return null;
    const { now, expectedUntil } = this.#options;
    const reason = `HTTP ${response.status}`;
    // 400: the address names no run id at all, so there never was such a run.
    if (response.status === 400) return { kind: "gone", why: "unknown" };
    if (response.status === 401) return { kind: "gone", why: "signed-out" };
    if (response.status === 404) {
      return now() < expectedUntil
        ? { kind: "lost", retryMs: 500, reason }
        : { kind: "gone", why: "unknown" };
    }
    return {
      kind: "lost",
      retryMs: retryAfterMs(response.headers.get("Retry-After"), now()),
      reason,
    };
  }

  async #read(response: Response, silence: Silence, signal: AbortSignal): Promise<void> {
    if (response.body === null) return;
    this.#options.onSignal({ kind: "opened", resumed: this.#lastEventId !== null });
    const parser = new SseParser();
    const reader = response.body.pipeThrough(new TextDecoderStream(), { signal }).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      silence.restart();
      this.#deliver(parser.push(piece.value));
    }
  }

  #deliver(messages: SseMessage[]): void {
    const frames = messages.flatMap((message) => this.#frame(message));
    if (frames.length > 0) {
      this.delivered = true;
      this.#options.onFrames(frames);
    }
    for (const frame of frames) {
      this.#options.onSignal({ kind: "frame", event: frame.event });
      if (frame.event === "bye") {
        this.#retryMs = frame.retryMs;
        this.#deleted ||= frame.reason === DELETED;
      }
    }
    if (messages.some((message) => message.kind === "comment")) {
      this.#options.onSignal({ kind: "heartbeat" });
    }
  }

  #frame(message: SseMessage): Frame[] {
    if (message.kind === "comment") return [];
    const frame = parseFrame(message.event, message.data);
    if (frame === null) this.#options.onFault(`unreadable frame "${message.event}"`);
    // A frame that could not be read must not move the resume point past itself.
    else if (message.id !== null) this.#lastEventId = message.id;
    return frame === null ? [] : [frame];
  }
}

/** Why the gateway says goodbye for good: there is nothing to come back to. */
const DELETED = "deleted";

const EVENTS: ReadonlySet<string> = new Set(["snapshot", "delta", "reset", "bye"]);

/** The frame of one event; null when its name or its JSON is not of this contract. */
export function parseFrame(event: string, data: string): Frame | null {
  if (!EVENTS.has(event)) return null;
  try {
    return { ...(JSON.parse(data) as object), event } as Frame;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

class Silence {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onSilence: () => void;

  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
    this.restart();
  }

  restart(): void {
    this.stop();
    this.#timer = setTimeout(this.#onSilence, SILENCE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
