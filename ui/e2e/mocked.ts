import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test as base, type Page } from "@playwright/test";
import type { MadeRun } from "./made.ts";

/** A page on a run that never was: its stream is told here, all else by the real gateway. */

/** Where pages ask for the stream; the events of one call have another address. */
export const STREAM = /\/api\/v1\/(?:runs\/[^/]+\/)?events(?:\?|$)/;

/** One frame of a stream, as it goes over the line. */
export function frame(event: "snapshot" | "gone" | "pulse", data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function snapshotOf({ run, calls }: MadeRun): string {
  const at = new Date().toISOString();
  return frame("snapshot", { runId: run.runId, asOf: run.asOf, at, run, calls });
}

/** What the gateway says each 2 s: the stream lives, and nothing waits to be told. */
function pulseOf(runId: string): string {
  const runs = [{ runId, behind: 0, standingSince: null }];
  return frame("pulse", { at: new Date().toISOString(), runs, trouble: null });
}

const PULSE_MS = 2_000;

/** A real server, because an answer of the browser tests ends at once, and a stream goes on. */
class Stream {
  readonly #open = new Set<ServerResponse>();
  readonly #server: Server;
  readonly #beat: ReturnType<typeof setInterval>;

  constructor(made: MadeRun) {
    const { runId } = made.run;
    this.#beat = setInterval(() => {
      for (const response of this.#open) response.write(pulseOf(runId));
    }, PULSE_MS);
    this.#server = createServer((_, response) => {
      this.#open.add(response);
      response.on("close", () => this.#open.delete(response));
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(snapshotOf(made) + pulseOf(runId));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    clearInterval(this.#beat);
    for (const response of this.#open) response.destroy();
    this.#server.close();
  }
}

async function answers(page: Page, runId: string): Promise<void> {
  const none = { items: [], next: "0" };
  await page.route(`**/api/v1/runs/${runId}/log?*`, (route) => route.fulfill({ json: none }));
}

export const test = base.extend<{ openMade: (made: MadeRun) => Promise<void> }>({
  openMade: async ({ page }, provide) => {
    const streams: Stream[] = [];
    await provide(async (made) => {
      const stream = new Stream(made);
      streams.push(stream);
      const url = await stream.listen();
      const { runId } = made.run;
      await answers(page, runId);
      await page.route(STREAM, (route) => route.continue({ url }));
      await page.goto(`/runs/${runId}`);
      await page.getByTestId("run-name").waitFor();
    });
    for (const stream of streams) stream.close();
  },
});
