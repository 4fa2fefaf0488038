import { expect, test } from "@playwright/test";
import type { CallView, RunView } from "../src/api/types.ts";
import { startSample, waitForEnd } from "./screen.ts";
import { callsOf, runOf } from "./stack.ts";

/**
 * How fast it goes is measured by scripts/live-bench.mjs, which has the bar of a second for the first load.
 * A time fails this build only when it is far from that, on whatever machine.
 */

const CALLS = 10_000;
const UPDATES = 1_000;
const FIRST_LOAD_MS = 5_000;

/** The frames of a stream in which so many calls wait and one after the other ends. */
function framesOf(run: RunView, sample: CallView): string {
  const call = (index: number): CallView => ({
    ...sample,
    callId: index.toString(16).padStart(32, "0"),
    state: "QUEUED",
    startedAt: null,
    finishedAt: null,
    version: run.asOf.offset,
  });
  const statsAfter = (ok: number) => ({
    ...run.stats,
    planned: CALLS,
    queued: CALLS - ok,
    ok,
    failed: 0,
  });
  const calls = Array.from({ length: CALLS }, (_, index) => call(index));
  const waiting: RunView = { ...run, status: "RUNNING", finishedAt: null, stats: statsAfter(0) };
  const { runId, requestedAt: at } = run;
  const frames = [frame("snapshot", { runId, at, asOf: run.asOf, run: waiting, calls })];
  for (let ok = 1; ok <= UPDATES; ok++) {
    const asOf = { ...run.asOf, offset: run.asOf.offset + ok };
    const ended = { ...sample, callId: call(ok - 1).callId, version: asOf.offset };
    const after = { ...waiting, asOf, spec: null, stats: statsAfter(ok) };
    frames.push(frame("delta", { runId, at, asOf, run: after, calls: [ended] }));
  }
  return frames.join("");
}

function frame(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

test("should show all of 1,000 updates of 10,000 calls at last, in a small page", async ({
  page,
}) => {
  const runId = await startSample(page, "Sample that is multiplied");
  await waitForEnd(page);
  const run = await runOf(runId);
  const sample = (await callsOf(runId)).find(({ state }) => state === "OK");
  if (sample === undefined) throw new Error("no call of the sample has succeeded");
  const body = framesOf(run, sample);
  await page.route("**/api/v1/events?*", (route) =>
    route.fulfill({ contentType: "text/event-stream", body }),
  );
  await page.reload();
  await expect(page.getByTestId("stat-ok")).toHaveText("1,000");
  await expect(page.getByTestId("stat-queued")).toHaveText("9,000");
  await expect(page.getByTestId("as-of")).toHaveAttribute(
    "value",
    String(run.asOf.offset + UPDATES),
  );
  const finished = page.getByRole("table", { name: "Finished calls" });
  await expect(finished).toHaveAttribute("aria-rowcount", String(UPDATES + 1));
  expect(await finished.getByRole("row").count()).toBeLessThan(60);
  expect(await page.locator("*").count()).toBeLessThan(4_000);
});

test("should soon show a run to somebody who has never been here", async ({ page, browser }) => {
  const runId = await startSample(page, "Sample that is opened anew");
  await waitForEnd(page);
  const context = await browser.newContext();
  try {
    const fresh = await context.newPage();
    await fresh.goto(`/runs/${runId}`);
    const shownMs = await fresh
      .getByTestId("stat-planned")
      .evaluate(() => Math.round(performance.now()));
    console.log(`First load of a run: its numbers are shown after ${shownMs} ms.`);
    expect(shownMs).toBeLessThan(FIRST_LOAD_MS);
  } finally {
    await context.close();
  }
});
