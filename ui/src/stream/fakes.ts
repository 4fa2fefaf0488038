import type { CallView } from "../api/types.ts";
import { call, run, version } from "../models/fixtures.ts";
import { StreamClient } from "./client.ts";
import type { FakeBrowser } from "./fakeBrowser.ts";
import { beginLive, type LiveRun } from "./live.ts";
import { followShared } from "./shared.ts";
import type { TabRun } from "./tabRun.ts";
import { frameId } from "./version.ts";

/** For tests: a gateway with some runs, and the tabs that look at them, all of them in this process. */

interface Connection {
  tab: number;
  runs: ReadonlySet<string>;
  write: (text: string) => void;
  close: () => void;
}

/** One request: which tab, and of which runs, each with from where it wanted to go on. */
export interface Asked {
  tab: number;
  runs: Record<string, string | null>;
  at: number;
}

/** A run of many calls; each event changes one call. */
class FakeRun {
  readonly #calls = new Map<string, CallView>();
  #offset = 0;

  constructor(readonly runId: string) {}

  get calls(): Record<string, number> {
    return Object.fromEntries([...this.#calls].map(([id, each]) => [id, each.version]));
  }

  event(callId: string): string {
    this.#calls.set(callId, call({ runId: this.runId, callId, version: ++this.#offset }));
    return this.#frame("delta", this.#offset - 1);
  }

  first(from: string | null): string {
    if (from === null) return this.#frame("snapshot", 0);
    const after = Number(from.split(".")[2]);
    return after < this.#offset ? this.#frame("delta", after) : "";
  }

  last(event: "bye" | "gone", reason: string): string {
    const asOf = version(this.#offset);
    return sse(event, { runId: this.runId, asOf, reason, retryMs: 500 });
  }

  #frame(event: "snapshot" | "delta", after: number): string {
    const { runId } = this;
    const asOf = version(this.#offset);
    const calls = [...this.#calls.values()].filter((each) => each.version > after);
    const at = "2026-11-25T00:00:00Z";
    const id = `id: ${runId}@${frameId(asOf)}\n`;
    return id + sse(event, { runId, asOf, at, run: run({ runId, asOf }), calls });
  }
}

function sse(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export class FakeGateway {
  readonly #now: () => number;
  readonly #runs = new Map<string, FakeRun>();
  #connections: Connection[] = [];
  readonly asked: Asked[] = [];
  /** Answers instead of a stream while it is set. */
  refuses: (() => Response) | null = null;
  /** Runs that are not there yet, or not any more. */
  readonly unknown = new Set<string>();
  /** The most streams that were open at a time. */
  mostOpen = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get open(): number[] {
    return this.#connections.map(({ tab }) => tab);
  }

  /** The runs of all streams that are open. */
  get told(): string[] {
    return this.#connections.flatMap(({ runs }) => [...runs]).sort();
  }

  calls(runId = RUN): Record<string, number> {
    return this.#run(runId).calls;
  }

  event(callId: string, runId = RUN): void {
    this.#send(runId, this.#run(runId).event(callId));
  }

  /** Of one run; the stream goes on with the others, and ends without any. */
  last(event: "bye" | "gone", reason: string, runId = RUN): void {
    this.#send(runId, this.#run(runId).last(event, reason));
    for (const connection of [...this.#connections]) {
      connection.runs = new Set([...connection.runs].filter((each) => each !== runId));
      if (connection.runs.size === 0) this.#end(connection);
    }
  }

  drop(): void {
    for (const connection of [...this.#connections]) this.#end(connection);
  }

  crash(tab: number): void {
    this.#connections = this.#connections.filter((each) => each.tab !== tab);
  }

  /** As the gateway sends it: a comment, and how far each run is behind. */
  heartbeat(behind = 0): void {
    const at = new Date(this.#now()).toISOString();
    for (const { runs, write } of this.#connections) {
      const told = [...runs].map((runId) => ({ runId, behind, standingSince: null }));
      write(`: heartbeat\n\n${sse("pulse", { at, trouble: null, runs: told })}`);
    }
  }

  answer(tab: number, address: string, signal: AbortSignal): Response {
    const { searchParams } = new URL(address, "http://gateway");
    const from = new Map(searchParams.getAll("from").map((each) => splitAt(each)));
    const wanted = searchParams.getAll("run");
    const runs = Object.fromEntries(wanted.map((runId) => [runId, from.get(runId) ?? null]));
    this.asked.push({ tab, runs, at: this.#now() });
    if (this.refuses !== null) return this.refuses();
    const there = wanted.filter((runId) => !this.unknown.has(runId));
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const connection: Connection = {
          tab,
          runs: new Set(there),
          write: (text) => controller.enqueue(new TextEncoder().encode(text)),
          close: () => controller.close(),
        };
        this.#connections.push(connection);
        this.mostOpen = Math.max(this.mostOpen, this.#connections.length);
        signal.addEventListener("abort", () => {
          this.#connections = this.#connections.filter((each) => each !== connection);
        });
        connection.write(": open\n\n");
        for (const runId of wanted) connection.write(this.#first(runId, runs[runId] ?? null));
        if (there.length === 0) this.#end(connection);
      },
    });
    return new Response(body, { status: 200 });
  }

  #first(runId: string, from: string | null): string {
    const run = this.#run(runId);
    return this.unknown.has(runId) ? run.last("gone", "UNKNOWN") : run.first(from);
  }

  #run(runId: string): FakeRun {
    const known = this.#runs.get(runId) ?? new FakeRun(runId);
    this.#runs.set(runId, known);
    return known;
  }

  #send(runId: string, text: string): void {
    for (const { runs, write } of this.#connections) if (runs.has(runId)) write(text);
  }

  #end(connection: Connection): void {
    this.#connections = this.#connections.filter((each) => each !== connection);
    connection.close();
  }
}

function splitAt(from: string): [string, string] {
  const at = from.indexOf("@");
  return [from.slice(0, at), from.slice(at + 1)];
}

/** The run that a tab looks at unless it is told another. */
export const RUN = "run-1";

/** A tab that looks at a run until it is closed or crashes. */
export class FakeTab implements TabRun {
  readonly id: string;
  readonly versions: number[] = [];
  readonly #abort = new AbortController();
  #hasCrashed = false;
  live: LiveRun;
  readonly ended: Promise<void>;

  constructor(
    readonly tab: number,
    readonly browser: FakeBrowser,
    readonly gateway: FakeGateway,
    readonly now: () => number,
    readonly runId = RUN,
    public expectedUntil = 0,
  ) {
    this.id = `tab-${tab}`;
    this.live = beginLive(runId);
    this.ended = followShared(this, browser.tab(tab), this.#abort.signal);
  }

  readonly read = () => this.live;

  readonly update = (change: (live: LiveRun) => LiveRun): void => {
    this.live = change(this.live);
    const offset = this.live.feed.asOf?.offset;
    if (offset !== undefined) this.versions.push(offset);
  };

  readonly open: TabRun["open"] = (hooks, waitMs) =>
    new StreamClient({
      ...hooks,
      waitMs,
      fetch: (address, init) => {
        // Nothing of a crashed tab runs any more.
        if (this.#hasCrashed) return new Promise(() => undefined);
        const signal = init?.signal ?? new AbortController().signal;
        return Promise.resolve(this.gateway.answer(this.tab, address as string, signal));
      },
      now: this.now,
      random: () => 0,
    });

  get calls(): Record<string, number> {
    return Object.fromEntries([...this.live.feed.calls].map(([id, each]) => [id, each.version]));
  }

  close(): void {
    this.#abort.abort();
  }

  crash(): void {
    this.#hasCrashed = true;
    this.browser.crash(this.tab);
    this.gateway.crash(this.tab);
  }
}
