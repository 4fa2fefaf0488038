import { expect, test, type Locator, type Page } from "@playwright/test";
import { KEY_REFUSED, callsOf, runOf, script } from "./stack.ts";
import { SLOW, startSample, statOn, waitForEnd } from "./screen.ts";

/** What a person may ask of a run while it is under way, and what the log answers. */

test("should hold a run on demand and go on afterwards", async ({ page }) => {
  const runId = await startSample(page, "Sample that is paused", SLOW);
  await page.getByTestId("pause-run").click();
  await expect(page.getByTestId("run-status")).toHaveText("Paused", { timeout: 60_000 });
  await expect(page).toHaveTitle(/^Paused/);
  await expect(page.locator("#favicon")).toHaveAttribute("href", "/icons/paused.svg");
  await expect(page.getByTestId("announcer")).toContainText("Run paused");
  await expect(page.getByTestId("stat-inFlight")).toHaveAttribute("value", "0", {
    timeout: 60_000,
  });
  const held = await statOn(page, "queued");
  expect(held).toBeGreaterThan(0);
  await expect(page.getByTestId("queues")).toContainText("held, the run is paused");

  await page.reload();
  await expect(page.getByTestId("run-status")).toHaveText("Paused");
  expect(await statOn(page, "queued")).toBe(held);

  await page.getByTestId("resume-run").click();
  await expect(page.getByTestId("run-status")).not.toHaveText("Paused", { timeout: 60_000 });
  await waitForEnd(page);
  await expect(page.getByTestId("run-status")).toHaveText("Completed");
  expect((await runOf(runId)).stats.ok).toBe(18);
});

test("should run failed calls again and keep what succeeded", async ({ page }) => {
  await script("gpt-5-mini", [KEY_REFUSED, KEY_REFUSED]);
  const runId = await startSample(page, "Sample that is retried");
  await waitForEnd(page);
  await expect(page.getByTestId("run-status")).toHaveText("Completed with errors");
  const before = await runOf(runId);
  const ok = (await callsOf(runId)).filter(({ state }) => state === "OK");

  await page.getByTestId("retry-run").click();
  const dialog = page.getByTestId("retry-dialog");
  await expect(dialog).toContainText(/Run \d+ calls? again\?/);
  await dialog.getByLabel("Paid requests").fill("1");
  await page.getByTestId("confirm-retry").click();
  await expect(dialog.getByRole("alert")).toContainText("which are used");
  await dialog.getByLabel("Paid requests").fill("640");
  await page.getByTestId("confirm-retry").click();
  await expect(dialog).toBeHidden();

  await expect(page.getByTestId("run-status")).toHaveText("Completed", { timeout: 90_000 });
  await expect(page.getByText("of 640", { exact: false }).first()).toBeVisible();
  const after = new Map((await callsOf(runId)).map((call) => [call.callId, call]));
  for (const call of ok) expect(after.get(call.callId)?.epoch).toBe(call.epoch);
  expect((await runOf(runId)).stats.costUsd).toBeGreaterThanOrEqual(before.stats.costUsd);
  await expect(page.getByTestId("retry-run")).toBeHidden();
});

test("should cancel one call and run it again", async ({ page }) => {
  await startSample(page, "Sample with a cancelled call", SLOW);
  await page.getByTestId("pause-run").click();
  await expect(page.getByTestId("run-status")).toHaveText("Paused", { timeout: 60_000 });
  await page.getByRole("button", { name: /^Queued \d/ }).click();
  await openFirstFinished(page);
  const panel = page.getByTestId("call-panel");
  await panel.getByTestId("cancel-call").click();
  await panel.getByTestId("confirm-cancel-call").click();
  await expect(panel.getByTestId("call-state")).toHaveText(/Skipped|Cancelled/, {
    timeout: 30_000,
  });
  await panel.getByTestId("retry-call").click();
  await expect(panel.getByTestId("call-state")).toHaveText(/Queued/, { timeout: 30_000 });

  await panel.getByText("Raw events").click();
  await expect(panel.getByTestId("call-events").getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByTestId("resume-run").click();
  await waitForEnd(page);
  await expect(page.getByTestId("run-status")).toHaveText("Completed");
});

test("should say at the run why it was refused", async ({ page }) => {
  await startSample(page, "Sample that refuses", SLOW);
  await page.route("**/pause", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      json: { type: "urn:acm2:problem:run-state", title: "No", status: 409, detail: "Not now." },
    }),
  );
  await page.getByTestId("pause-run").click();
  await expect(page.getByTestId("asked-refused")).toHaveText("Not now.");
  await expect(page.getByTestId("pause-run")).toHaveText("Pause");
  // Left to itself, the run would take what later tests tell the provider.
  await page.getByTestId("cancel-run").click();
  await page.getByTestId("confirm-cancel").click();
  await waitForEnd(page);
});

test("should show the console and leave a reader alone", async ({ page }) => {
  await startSample(page, "Sample with a console", SLOW);
  const lines = page.getByTestId("console-lines");
  await lines.scrollIntoViewIfNeeded();
  await expect(lines).toHaveAttribute("data-following", "true");
  await expect(lines.locator(".console-line").nth(20)).toBeAttached({ timeout: 60_000 });
  const link = lines.getByRole("button").first();
  const place = await placeOf(lines);

  await lines.focus();
  await page.keyboard.press("Home");
  await expect(lines).toHaveAttribute("data-following", "false");
  const top = () => lines.evaluate((box) => box.scrollTop);
  await expect.poll(top, "the way to the first line").toBe(0);
  await waitForEnd(page);
  expect(await top()).toBe(0);
  expect(Math.abs((await placeOf(lines)) - place)).toBeLessThan(2);
  await page.getByTestId("console-follow").click();
  await expect(lines).toHaveAttribute("data-following", "true");

  await page.getByRole("searchbox", { name: "Search the console" }).fill("no line says this");
  await expect(lines).toContainText("No line fits the filter.");
  await page.getByRole("searchbox", { name: "Search the console" }).fill("");
  await lines.focus();
  await page.keyboard.press("Home");
  await link.click();
  const panel = page.getByTestId("call-panel");
  await panel.getByRole("button", { name: "Console lines" }).click();
  await expect(panel).toBeHidden();
  await expect(page.getByTestId("console-call")).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download log.txt" }).click();
  expect(await (await download).failure()).toBeNull();
});

/** Where on the screen a box begins: the page below and above may change, this must not. */
function placeOf(box: Locator): Promise<number> {
  return box.evaluate((element) => element.getBoundingClientRect().top);
}

async function openFirstFinished(page: Page): Promise<void> {
  await page.getByRole("table", { name: "Finished calls" }).getByRole("button").first().click();
}
