import type { CallView, Version } from "../api/types.ts";
import { call, run, version } from "../models/fixtures.ts";
import { followStream } from "./client.ts";
import type { FakeBrowser } from "./fakeBrowser.ts";
import { beginLive, type LiveRun } from "./live.ts";
import { followShared } from "./shared.ts";
import type { TabRun } from "./tabRun.ts";
import { frameId } from "./version.ts";

/** For tests: a gateway with one run, and the tabs that look at it, all of them in this process. */

interface Connection {
  tab: number;
  write: (text: string) => void;
  close: () => void;
}

/** A gateway with one run of many calls; each event changes one call. */
export class FakeGateway {
  readonly #now: () => number;
  readonly #calls = new Map<string, CallView>();
  #offset = 0;
  #connections: Connection[] = [];
  /** Every request: which tab, and from where it wanted to go on. */
  readonly asked: { tab: number; from: string | null; at: number }[] = [];
  /** Answers instead of a stream while it is set. */
  refuses: (() => Response) | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  get open(): number[] {
    return this.#connections.map(({ tab }) => tab);
  }

  get calls(): Record<string, number> {
    return Object.fromEntries([...this.#calls].map(([id, each]) => [id, each.version]));
  }

  event(callId: string): void {
    this.#calls.set(callId, call({ callId, version: ++this.#offset }));
    this.#send(this.#frame("delta", this.#offset - 1));
  }

  bye(reason: string): void {
    this.#send(
      `event: bye\ndata: ${JSON.stringify({ asOf: this.#asOf, reason, retryMs: 500 })}\n\n`,
    );
    this.drop();
  }

  drop(): void {
    for (const { close } of this.#connections.splice(0)) close();
  }

  crash(tab: number): void {
    this.#connections = this.#connections.filter((each) => each.tab !== tab);
  }

  answer(tab: number, headers: Record<string, string>, signal: AbortSignal): Response {
    const from = headers["Last-Event-ID"] ?? null;
    this.asked.push({ tab, from, at: this.#now() });
    if (this.refuses !== null) return this.refuses();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const connection: Connection = {
          tab,
          write: (text) => controller.enqueue(new TextEncoder().encode(text)),
          close: () => controller.close(),
        };
        this.#connections.push(connection);
        signal.addEventListener("abort", () => {
          this.#connections = this.#connections.filter((each) => each !== connection);
        });
        connection.write(this.#first(from));
      },
    });
    return new Response(body, { status: 200 });
  }

  get #asOf(): Version {
    return version(this.#offset);
  }

  #first(from: string | null): string {
    if (from === null) return this.#frame("snapshot", 0);
    const after = Number(from.split(".")[2]);
    return after < this.#offset ? this.#frame("delta", after) : ": nothing new\n\n";
  }

  #frame(event: "snapshot" | "delta", after: number): string {
    const calls = [...this.#calls.values()].filter((each) => each.version > after);
    const data = { asOf: this.#asOf, run: run({ asOf: this.#asOf }), calls };
    return `id: ${frameId(this.#asOf)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  }

  #send(text: string): void {
    for (const { write } of this.#connections) write(text);
  }
}

/** A tab that looks at the run until it is closed or crashes. */
export class FakeTab implements TabRun {
  readonly runId = "run-1";
  readonly id: string;
  readonly versions: number[] = [];
  readonly #abort = new AbortController();
  live: LiveRun = beginLive("run-1");
  readonly ended: Promise<void>;

  constructor(
    readonly tab: number,
    readonly browser: FakeBrowser,
    readonly gateway: FakeGateway,
    readonly now: () => number,
  ) {
    this.id = `tab-${tab}`;
    this.ended = followShared(this, browser.tab(tab), this.#abort.signal);
  }

  readonly read = () => this.live;

  readonly update = (change: (live: LiveRun) => LiveRun): void => {
    this.live = change(this.live);
    const offset = this.live.feed.asOf?.offset;
    if (offset !== undefined) this.versions.push(offset);
  };

  readonly follow: TabRun["follow"] = ({ lastEventId, waitMs }, hooks, signal) =>
    followStream(
      {
        url: "/events",
        lastEventId,
        waitMs,
        expectedUntil: 0,
        fetch: (_url, init) =>
          Promise.resolve(
            this.gateway.answer(
              this.tab,
              init?.headers as Record<string, string>,
              init?.signal ?? new AbortController().signal,
            ),
          ),
        now: this.now,
        random: () => 0,
        ...hooks,
      },
      signal,
    );

  get calls(): Record<string, number> {
    return Object.fromEntries([...this.live.feed.calls].map(([id, each]) => [id, each.version]));
  }

  close(): void {
    this.#abort.abort();
  }

  crash(): void {
    this.browser.crash(this.tab);
    this.gateway.crash(this.tab);
  }
}
