import { expect, test } from "@playwright/test";
import { inspect } from "./inspect.ts";
import { snapshotOf, STREAM } from "./mocked.ts";
import { SLOW, startSample, waitForEnd } from "./screen.ts";
import { KEY_REFUSED, callsOf, runOf, script } from "./stack.ts";

test("the list of runs", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByTestId("runs").or(page.getByText("No runs yet"))).toBeVisible();
  await inspect(page, "runs");
});

test("the list of runs: empty, loading and failing", async ({ page }) => {
  await page.route("**/api/v1/runs?*", (route) =>
    route.fulfill({ json: { items: [], nextCursor: null } }),
  );
  await page.goto("/");
  await expect(page.getByText("No runs yet")).toBeVisible();
  await inspect(page, "runs-empty");

  await page.unroute("**/api/v1/runs?*");
  await page.route("**/api/v1/runs?*", () => undefined);
  await page.reload();
  await expect(page.getByText("Loading the runs")).toBeAttached();
  await inspect(page, "runs-loading");

  await page.unroute("**/api/v1/runs?*");
  const body = {
    type: "urn:acm2:problem:store-unavailable",
    title: "Not now",
    status: 400,
    detail: "The store cannot be read.",
  };
  await page.route("**/api/v1/runs?*", (route) =>
    route.fulfill({ status: 400, contentType: "application/problem+json", json: body }),
  );
  await page.reload();
  await expect(page.getByText("The runs cannot be shown")).toBeVisible();
  await inspect(page, "runs-error");
});

test("the new run form, untouched and refused", async ({ page }) => {
  await page.goto("/new");
  await expect(page.getByTestId("planned-calls")).toHaveText("18");
  await expect(page.getByText("Prices in USD")).toBeVisible();
  await inspect(page, "new");
  await page.getByLabel("Name of order-school-meals.md").fill("");
  await page.getByTestId("start-run").click();
  await expect(page.getByTestId("field-error")).toBeVisible();
  await inspect(page, "new-refused");
});

test("a run: live, ended, a call", async ({ page }) => {
  await script("gpt-5.1", ["rate-limit", "overloaded"]);
  const runId = await startSample(page, "Sample for the pictures", SLOW);
  await expect
    .poll(async () => (await runOf(runId)).stats.inFlight, { timeout: 60_000 })
    .toBeGreaterThan(0);
  await inspect(page, "run-live");
  await waitForEnd(page);
  await page.getByTestId("spec").locator("summary").click();
  await inspect(page, "run-ended");
  await page.getByRole("table", { name: "Finished calls" }).getByRole("button").first().click();
  const panel = page.getByTestId("call-panel");
  await panel.getByText("Raw events").click();
  await panel.getByTestId("call-events").getByRole("listitem").first().click();
  await inspect(page, "run-call", false);
});

test("a form with judges, criteria and combining models", async ({ page }) => {
  await page.goto("/new");
  await page.getByRole("checkbox", { name: "Evaluation" }).press("Space");
  await page.getByLabel("A judge, as provider:model").fill("openai:gpt-5-mini");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Edit the criteria" }).click();
  await page.getByRole("checkbox", { name: "Combine" }).press("Space");
  await expect(page.getByTestId("estimate")).toBeVisible();
  await inspect(page, "new-judged");
});

test("workers and lanes", async ({ page }) => {
  await page.goto("/lanes");
  const lane = page.getByTestId("lane-openai");
  await lane.getByRole("button", { name: "Change the limits of openai" }).click();
  await expect(page.getByTestId("workers").getByText("Live").first()).toBeVisible();
  await inspect(page, "lanes");
});

test("a run that is held, and one that can be run again", async ({ page }) => {
  await script("gpt-5-mini", [KEY_REFUSED]);
  await startSample(page, "Sample that is held for the pictures", SLOW);
  await page.getByTestId("pause-run").click();
  await expect(page.getByTestId("run-status")).toHaveText("Paused", { timeout: 60_000 });
  await inspect(page, "run-paused");
  await page.getByTestId("resume-run").click();
  await waitForEnd(page);
  await page.getByTestId("retry-run").click();
  await expect(page.getByTestId("retry-dialog")).toBeVisible();
  await inspect(page, "run-retry", false);
});

test("an unknown run and an unknown page", async ({ page }) => {
  await page.goto("/runs/01890a5d-ac96-774b-bcce-b302099a8057");
  await expect(page.getByText("There is no such run")).toBeVisible();
  await inspect(page, "run-unknown");
  await page.goto("/nowhere");
  await expect(page.getByText("This page does not exist")).toBeVisible();
  await inspect(page, "page-unknown");
});

test("a connection that is lost and comes back", async ({ page }) => {
  const runId = await startSample(page, "Sample with a lost connection", SLOW);
  await waitForEnd(page);
  const run = await runOf(runId);
  const body = snapshotOf({ run, calls: await callsOf(runId) });
  let served = false;
  await page.route(STREAM, (route) => {
    if (served) return route.abort();
    served = true;
    return route.fulfill({ contentType: "text/event-stream", body });
  });
  await page.reload();
  await expect(page.getByTestId("connection")).toHaveText(/stale for \d+ s, reconnecting/);
  await expect(page.getByTestId("stat-planned")).toHaveText("18");
  await inspect(page, "run-stale");
  await page.unroute(STREAM);
  await expect(page.getByTestId("connection")).toHaveAttribute("data-kind", "live", {
    timeout: 40_000,
  });
});

test("the theme is chosen once and kept", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/");
  await page.getByTestId("theme-toggle").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.getByTestId("theme-toggle").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
