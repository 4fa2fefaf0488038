import { expect, test, type BrowserContext, type Page, type Request } from "@playwright/test";
import { numbersOf, numbersOn, SLOW, startSample, versionOn, waitForEnd } from "./screen.ts";
import { runOf } from "./stack.ts";

/** Two tabs of one run share one stream; the one that is left goes on without a gap. */

/** The streams that a page has asked for, and from which event each wanted to go on. */
class Streams {
  readonly asked: (string | null)[] = [];
  readonly #open = new Set<Request>();

  constructor(readonly page: Page) {
    page.on("request", (request) => {
      if (!/\/runs\/[^/]+\/events$/.test(request.url())) return;
      this.asked.push(request.headers()["last-event-id"] ?? null);
      this.#open.add(request);
    });
    page.on("requestfinished", (request) => this.#open.delete(request));
    page.on("requestfailed", (request) => this.#open.delete(request));
  }

  get open(): number {
    return this.#open.size;
  }
}

async function openTab(context: BrowserContext, path: string): Promise<[Page, Streams]> {
  const page = await context.newPage();
  const streams = new Streams(page);
  await page.goto(path);
  return [page, streams];
}

async function expectEqualToRunView(page: Page, runId: string): Promise<void> {
  await expect
    .poll(() => numbersOn(page), { timeout: 15_000 })
    .toEqual(numbersOf(await runOf(runId)));
}

/** A crashed tab says goodbye to nobody; the browser alone knows that it is gone. */
async function leave(page: Page, how: "closed" | "crashed"): Promise<void> {
  if (how === "closed") return page.close();
  const crashed = page.waitForEvent("crash");
  const session = await page.context().newCDPSession(page);
  // The tab that is told to crash cannot answer any more.
  void session.send("Page.crash").catch(() => undefined);
  await crashed;
}

for (const how of ["closed", "crashed"] as const)
  test(`should share one stream, and go on with it when its tab has ${how}`, async ({
    context,
  }) => {
    const first = await context.newPage();
    const ofFirst = new Streams(first);
    const runId = await startSample(first, "Sample in two tabs", SLOW);
    await versionOn(first);

    const [second, ofSecond] = await openTab(context, `/runs/${runId}`);
    const shown = await versionOn(second);
    await expect(second.getByTestId("connection")).toHaveText("live");
    expect(ofSecond.asked, "the second tab is told by the first").toEqual([]);
    expect(ofFirst.asked).toHaveLength(1);
    expect(ofFirst.open).toBe(1);

    await expect
      .poll(async () => (await versionOn(second)).offset, { timeout: 60_000 })
      .toBeGreaterThan(shown.offset);
    const before = await versionOn(second);
    await leave(first, how);
    await expect.poll(() => ofSecond.asked.length, { timeout: 10_000 }).toBe(1);
    expect(ofSecond.asked[0], "it resumes, and reads nothing twice").toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number(ofSecond.asked[0]?.split(".")[2])).toBeGreaterThanOrEqual(before.offset);

    await waitForEnd(second);
    expect(ofSecond.asked).toHaveLength(1);
    expect((await versionOn(second)).offset).toBeGreaterThan(before.offset);
    await expectEqualToRunView(second, runId);
    await expect(second.getByText("refused", { exact: false })).toHaveCount(0);
  });

test("should hold one stream for many tabs, and be the same in each at the end", async ({
  context,
}) => {
  const first = await context.newPage();
  const ofFirst = new Streams(first);
  const runId = await startSample(first, "Sample in five tabs", SLOW);
  const others = await Promise.all([1, 2, 3, 4].map(() => openTab(context, `/runs/${runId}`)));
  await waitForEnd(first);
  for (const [page, streams] of others) {
    await waitForEnd(page);
    await expectEqualToRunView(page, runId);
    expect(streams.asked).toEqual([]);
  }
  await expectEqualToRunView(first, runId);
  expect(ofFirst.asked).toHaveLength(1);
});

test("should follow by a stream of its own where tabs cannot speak", async ({ context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(navigator, "locks", { value: undefined });
  });
  const first = await context.newPage();
  const ofFirst = new Streams(first);
  const runId = await startSample(first, "Sample without locks", SLOW);
  const [second, ofSecond] = await openTab(context, `/runs/${runId}`);
  await waitForEnd(second);
  await expectEqualToRunView(second, runId);
  await expectEqualToRunView(first, runId);
  expect([ofFirst.asked.length, ofSecond.asked.length]).toEqual([1, 1]);
});

test("should tell in every tab that the run was deleted", async ({ context }) => {
  const first = await context.newPage();
  const runId = await startSample(first, "Sample that is deleted");
  await waitForEnd(first);
  const [second] = await openTab(context, `/runs/${runId}`);
  await versionOn(second);
  const gone = await first.request.post(`/api/v1/runs/${runId}/delete`, {
    data: { confirm: "Sample that is deleted" },
  });
  expect(gone.status()).toBe(202);
  for (const page of [first, second]) {
    await expect(page.getByTestId("run-deleted")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByTestId("run-deleted")).toContainText("Sample that is deleted");
  }
});

test("should ask for a sign-in instead of asking again and again", async ({ page }) => {
  const streams = new Streams(page);
  const runId = await startSample(page, "Sample behind a sign-in");
  await waitForEnd(page);
  await page.route("**/events", (route) => route.fulfill({ status: 401 }));
  await page.goto(`/runs/${runId}`);
  await expect(page.getByTestId("signed-out")).toBeVisible();
  const asked = streams.asked.length;
  await page.waitForTimeout(3_000);
  expect(streams.asked).toHaveLength(asked);
});
