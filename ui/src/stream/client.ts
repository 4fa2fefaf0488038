import type { Frame, Pulse, Version } from "../api/types.ts";
import { reconnectDelay, retryAfterMs } from "./connection.ts";
import { parseFrame, pulseOf, PULSE } from "./frames.ts";
import { SseParser, type SseMessage } from "./sse.ts";
import { addressOf } from "./version.ts";

/** Two missed heartbeats and a half: the stream is dead although nobody has closed it. */
export const SILENCE_MS = 25_000;

/** A run to be told of, and from where: null asks for a snapshot. */
export interface WantedRun {
  runId: string;
  from: Version | null;
}

/** What happens to the stream, whatever it tells. */
export type StreamSignal =
  /** `again`: it was only asked anew, for other runs; nothing was lost. */
  | { kind: "opened"; asked: WantedRun[]; again: boolean }
  /** `receivedAt`: by the clock of this browser. */
  | { kind: "pulse"; pulse: Pulse; receivedAt: number }
  /** `waitMs`: so long nobody tries again. */
  | { kind: "lost"; at: number; reason: string; waitMs: number }
  /** The gateway wants to know who is asking: nobody asks again. */
  | { kind: "signed-out" }
  /** The gateway knows no such runs: what was asked for were no ids. */
  | { kind: "refused" };

export interface StreamHooks {
  /** What to ask for; read before each connection. */
  wanted: () => WantedRun[];
  /** The frames of one piece of the stream, together: one piece, one repaint. */
  onFrames: (frames: Frame[]) => void;
  onFault: (reason: string) => void;
  onSignal: (signal: StreamSignal) => void;
}

/** A stream that goes on until the signal aborts. */
export interface Stream {
  follow: (signal: AbortSignal) => Promise<void>;
  /** What is wanted has changed: the stream is asked anew, unless it is so already. */
  reopen: () => void;
  /** Asks anew for what is wanted, after so long. */
  again: (ms: number) => void;
}

export interface StreamOptions extends StreamHooks {
  /** So long the first connection waits: what the server said to whoever asked before. */
  waitMs: number;
  fetch: typeof globalThis.fetch;
  now: () => number;
  random: () => number;
}

/** How one connection ended, and how long to wait before the next. */
type Ending =
  | { kind: "signed-out" }
  | { kind: "refused" }
  | { kind: "changed" }
  | { kind: "lost"; retryMs: number | null; reason: string };

const CHANGED: Ending = { kind: "changed" };

/**
 * The one place that connects, and reconnects: with jitter between 0.5 and 30 s, or when the server
 * said so (bye, Retry-After).
 */
export class StreamClient implements Stream {
  readonly #options: StreamOptions;
  #connection: AbortController | null = null;
  #asked: WantedRun[] = [];
  /** A change while the gateway has not answered yet is seen when it has. */
  #isOpening = false;
  #retryMs: number | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Whether the present connection has delivered a frame. */
  #delivered = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  async follow(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let again = false;
    await sleep(this.#options.waitMs, signal);
    while (!signal.aborted) {
      const ending = await this.#connectOnce(signal, again);
      // `aborted` may have become true while the connection was open.
      if (isAborted(signal)) return;
      again = ending.kind === "changed";
      if (ending.kind === "changed") continue;
      if (ending.kind !== "lost") {
        this.#options.onSignal(ending);
        return;
      }
      failures = this.#delivered ? 0 : failures + 1;
      const waitMs = ending.retryMs ?? reconnectDelay(failures, this.#options.random());
      const { reason } = ending;
      this.#options.onSignal({ kind: "lost", at: this.#options.now(), reason, waitMs });
      await sleep(waitMs, signal);
    }
  }

  reopen(): void {
    if (!this.#isOpening && this.#isOutdated()) this.#connection?.abort(CHANGED);
  }

  again(ms: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connection?.abort(CHANGED), ms);
  }

  #isOutdated(): boolean {
    const asked = new Set(this.#asked.map(({ runId }) => runId));
    const wanted = this.#options.wanted();
    return wanted.length !== asked.size || wanted.some(({ runId }) => !asked.has(runId));
  }

  async #connectOnce(signal: AbortSignal, again: boolean): Promise<Ending> {
    const connection = new AbortController();
    const silence = new Silence(() => connection.abort(new Error("no sign of life for 25 s")));
    this.#connection = connection;
    this.#asked = this.#options.wanted();
    this.#delivered = false;
    this.#retryMs = null;
    this.#isOpening = true;
    try {
      const open = AbortSignal.any([signal, connection.signal]);
      const response = await this.#open(open);
      const refused = this.#refusal(response);
      if (refused !== null) return refused;
      this.#isOpening = false;
      if (this.#isOutdated()) return CHANGED;
      this.#options.onSignal({ kind: "opened", asked: this.#asked, again });
      await this.#read(response, silence, open);
      return this.#lost("the stream ended");
    } catch (error) {
      // Any failure is answered by a reconnect; its reason is shown beside "stale".
      return connection.signal.reason === CHANGED ? CHANGED : this.#lost(String(error));
    } finally {
      this.#isOpening = false;
      this.#connection = null;
      clearTimeout(this.#retry);
      silence.stop();
      connection.abort();
    }
  }

  #lost(reason: string): Ending {
    return { kind: "lost", retryMs: this.#retryMs, reason };
  }

  #open(signal: AbortSignal): Promise<Response> {
    const headers = { Accept: "text/event-stream" };
    return this.#options.fetch(addressOf(this.#asked), { headers, signal, cache: "no-store" });
  }

  #refusal(response: Response): Ending | null {
    if (response.ok) return null;
    if (response.status === 401) return { kind: "signed-out" };
    // One that is no id spoils the address of all: only of one run it is known which.
    if (response.status === 400 && this.#asked.length === 1) return { kind: "refused" };
    const retryMs = retryAfterMs(response.headers.get("Retry-After"), this.#options.now());
    return { kind: "lost", retryMs, reason: `HTTP ${response.status}` };
  }

  async #read(response: Response, silence: Silence, signal: AbortSignal): Promise<void> {
    if (response.body === null) return;
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
      this.#delivered = true;
      for (const frame of frames) if (frame.event === "bye") this.#comeBack(frame.retryMs);
      this.#options.onFrames(frames);
    }
    const pulse = messages.map(pulseOf).findLast((each) => each !== null);
    const receivedAt = this.#options.now();
    if (pulse !== undefined) this.#options.onSignal({ kind: "pulse", pulse, receivedAt });
  }

  /** After a goodbye: of one run while the stream goes on with others, or of all. */
  #comeBack(ms: number): void {
    this.#retryMs = ms;
    this.again(ms);
  }

  #frame(message: SseMessage): Frame[] {
    if (message.kind === "comment" || message.event === PULSE) return [];
    const frame = parseFrame(message.event, message.data);
    if (frame === null) this.#options.onFault(`unreadable frame "${message.event}"`);
    return frame === null ? [] : [frame];
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
