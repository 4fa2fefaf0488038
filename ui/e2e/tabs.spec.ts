import { expect, test, type BrowserContext, type Page, type Request } from "@playwright/test";
import { numbersOf, numbersOn, SLOW, startSample, versionOn, waitForEnd } from "./screen.ts";
import { runOf } from "./stack.ts";

/** All tabs of a browser share one stream; those that are left go on without a gap. */

/** The streams that a page has asked for, and of each run from which event it wanted to go on. */
class Streams {
  readonly asked: Record<string, string | null>[] = [];
  readonly #open = new Set<Request>();

  constructor(readonly page: Page) {
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname !== "/api/v1/events") return;
      const from = new Map(searchParams.getAll("from").map(runAndPlace));
      const runs = searchParams.getAll("run");
      this.asked.push(Object.fromEntries(runs.map((run) => [run, from.get(run) ?? null])));
      this.#open.add(request);
    });
    page.on("requestfinished", (request) => this.#open.delete(request));
    page.on("requestfailed", (request) => this.#open.delete(request));
  }

  get open(): number {
    return this.#open.size;
  }
}

function runAndPlace(from: string): [string, string] {
  const [run = "", place = ""] = from.split("@");
  return [run, place];
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
    await expect(second.getByTestId("connection")).toHaveAttribute("data-kind", "live");
    expect(ofSecond.asked, "the second tab is told by the first").toEqual([]);
    expect(ofFirst.asked).toHaveLength(1);
    expect(ofFirst.open).toBe(1);

    await expect
      .poll(async () => (await versionOn(second)).offset, { timeout: 60_000 })
      .toBeGreaterThan(shown.offset);
    const before = await versionOn(second);
    await leave(first, how);
    await expect.poll(() => ofSecond.asked.length, { timeout: 10_000 }).toBe(1);
    const from = ofSecond.asked[0]?.[runId];
    expect(from, "it resumes, and reads nothing twice").toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number(from?.split(".")[2])).toBeGreaterThanOrEqual(before.offset);

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

test("should hold one stream for eight runs in eight tabs, and leave room for all else", async ({
  context,
}) => {
  // given eight tabs, each with a run of its own
  const runs: string[] = [];
  const streams: Streams[] = [];
  const pages: Page[] = [];
  for (let tab = 1; tab <= 8; tab++) {
    const page = await context.newPage();
    streams.push(new Streams(page));
    runs.push(await startSample(page, `Sample in tab ${tab}`, SLOW));
    pages.push(page);
  }

  // then each is live by the one stream, which tells of all of them
  for (const page of pages) {
    await versionOn(page);
    await expect(page.getByTestId("connection")).toHaveAttribute("data-kind", "live");
  }
  const open = () => streams.map((each) => each.open);
  expect(open()).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  const last = streams[0]?.asked.at(-1) ?? {};
  expect(Object.keys(last).sort()).toEqual([...runs].sort());
  const resumed = Object.values(last).filter((from) => from !== null);
  expect(resumed, "no run but the newest is read again").toHaveLength(runs.length - 1);

  // and there is room for another tab and for what pages ask
  const ninth = await context.newPage();
  await ninth.goto("/");
  for (const page of [ninth, ...pages]) {
    const status = await page.evaluate(async () => (await fetch("/api/v1/version")).status);
    expect(status).toBe(200);
  }

  // and each is its run at the end, also when tabs have left meanwhile
  await pages[3]?.close();
  await expect.poll(() => Object.keys(streams[0]?.asked.at(-1) ?? {}).length).toBe(7);
  for (const [index, page] of pages.entries()) {
    if (page.isClosed()) continue;
    await waitForEnd(page);
    await expectEqualToRunView(page, runs[index] ?? "");
    await expect(page.getByText("refused", { exact: false })).toHaveCount(0);
  }
  expect(open().filter((count) => count > 0)).toEqual([1]);
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
  await page.route("**/api/v1/events?*", (route) => route.fulfill({ status: 401 }));
  await page.goto(`/runs/${runId}`);
  await expect(page.getByTestId("signed-out")).toBeVisible();
  const asked = streams.asked.length;
  await page.waitForTimeout(3_000);
  expect(streams.asked).toHaveLength(asked);
});
