import { expect, test } from "@playwright/test";
import { chance } from "./chance.ts";
import { runIdOn, SLOW, startSample, statOn, versionOn, waitForEnd } from "./screen.ts";
import { runOf, runsNamed, script } from "./stack.ts";
import { expectEndToBeTrue } from "./truth.ts";

const LONGEST_WAIT_MS = 1_500;

test("should show a run truthfully from start to end, whatever is reloaded", async ({ page }) => {
  const violations: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) violations.push(message.text());
  });
  const runId = await startSample(page, "Sample, watched and reloaded", SLOW);
  await expect(page.getByTestId("stat-planned")).toHaveText("18");

  const next = chance("reloads");
  const took: number[] = [];
  for (let reload = 1; reload <= 10; reload++) {
    await page.waitForTimeout(next() * LONGEST_WAIT_MS);
    const before = await versionOn(page);
    const begin = performance.now();
    await page.reload();
    await expect(page.getByTestId("stat-planned")).toHaveText("18", { timeout: 10_000 });
    const after = await versionOn(page);
    took.push(performance.now() - begin);
    expect(after.generation).toBeGreaterThanOrEqual(before.generation);
    expect(after.offset).toBeGreaterThanOrEqual(before.offset);
  }
  const median = took.sort((a, b) => a - b)[took.length / 2] ?? NaN;
  console.log(`numbers after a reload: median ${Math.round(median)} ms`);

  await waitForEnd(page);
  await expect(page.getByTestId("run-status")).toHaveText(/Completed/);
  await expect(page).toHaveTitle(/^Completed/);
  await expectEndToBeTrue(page, runId);
  expect((await runOf(runId)).stats.planned).toBe(18);
  expect(violations).toEqual([]);

  await page.reload();
  await expectEndToBeTrue(page, runId);
});

test("should show retries while the provider fails, and demote them after recovery", async ({
  page,
}) => {
  await script("gpt-5-mini", ["rate-limit", "overloaded"]);
  const runId = await startSample(page, "Sample with a failing provider");
  await expect.poll(() => statOn(page, "retries"), { timeout: 60_000 }).toBeGreaterThanOrEqual(1);
  await expect(page.getByTestId("failures")).toContainText(/Rate limited|Overloaded/);

  await waitForEnd(page);
  await expectEndToBeTrue(page, runId);
  expect((await runOf(runId)).stats.retries).toBeGreaterThanOrEqual(2);
  await expect(page.getByTestId("recovered-error").first()).toContainText("recovered:");
});

test("should start and cancel by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("main").getByRole("heading", { name: "Runs" }).waitFor();
  await tabTo(page, "New run");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/new$/);
  await tabTo(page, "Start run");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/runs\//);
  const runId = runIdOn(page);

  await page.getByTestId("cancel-run").waitFor();
  await tabTo(page, "Cancel run");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByTestId("cancel-run")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await tabTo(page, "Cancel run");
  await page.keyboard.press("Enter");

  await expect(page.getByTestId("run-status")).toHaveText("Cancelled", { timeout: 60_000 });
  await expect(page.getByTestId("announcer")).toContainText("Run cancelled");
  await expectEndToBeTrue(page, runId);
});

test("should start one run for a double click", async ({ page }) => {
  const name = `Double click ${Date.now()}`;
  await page.goto("/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByTestId("start-run").dblclick();
  await page.waitForURL(/\/runs\//);
  await expect(page.getByTestId("run-name")).toHaveText(name);
  await expect.poll(async () => (await runsNamed(name)).length).toBe(1);
  await waitForEnd(page);
  expect((await runsNamed(name)).length).toBe(1);
});

test("should show the server's words at the field to blame", async ({ page }) => {
  await page.goto("/new");
  const name = page.getByLabel("Name of order-school-meals.md");
  await name.fill("");
  await page.getByTestId("start-run").click();
  await expect(page.getByTestId("refused")).toBeVisible();
  const blamed = page.locator('[data-field="documents[1].name"]');
  await expect(blamed).toHaveAttribute("aria-invalid", "true");
  await expect(blamed).toBeFocused();
  await expect(page.getByTestId("field-error")).toBeVisible();
});

test("should say that there is no such run", async ({ page }) => {
  await page.goto("/runs/01890a5d-ac96-774b-bcce-b302099a8057");
  await expect(page.getByText("There is no such run")).toBeVisible();
  await page.getByRole("link", { name: "All runs" }).click();
  await expect(page.getByRole("heading", { name: "Runs" })).toBeVisible();
});

test("should open a call, keep it over a reload and close it with Escape", async ({ page }) => {
  await startSample(page, "Sample with an open call");
  await waitForEnd(page);
  await page
    .getByRole("table", { name: "Finished calls" })
    .getByRole("button")
    .first()
    .press("Enter");
  const panel = page.getByTestId("call-panel");
  await expect(panel).toContainText("Summary");
  await page.reload();
  await expect(panel).toContainText("Times");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

/** Tabs until the element of that name has the focus; a page that hides it from the keyboard fails. */
async function tabTo(page: import("@playwright/test").Page, name: string): Promise<void> {
  for (let step = 0; step < 120; step++) {
    const focused = await page.evaluate(() => document.activeElement?.textContent.trim() ?? "");
    if (focused === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`"${name}" cannot be reached by keyboard`);
}
