import { expect, test, type Page } from "@playwright/test";
import { inspect } from "./inspect.ts";
import { startSample, waitForEnd } from "./screen.ts";
import { KEY_REFUSED, runOf, script } from "./stack.ts";

/** The addresses behind the numbers of the page, each once. */
async function figuresOn(page: Page): Promise<string[]> {
  const addresses = await page
    .locator("a.figure")
    .evaluateAll((all) => all.map((each) => each.getAttribute("href") ?? ""));
  return [...new Set(addresses)];
}

test("should show for every number the events that add up to it", async ({ page }) => {
  await script("gpt-5.1", ["rate-limit", "overloaded", "server-error"]);
  await script("gpt-5-mini", [KEY_REFUSED]);
  await startSample(page, "Sample whose numbers are asked for");
  await waitForEnd(page);
  // The tables that are drawn once a second come to the end of the run a moment after it.
  await expect(page.locator('a.figure[href*="number=inFlight"]')).toHaveCount(0);
  const figures = await figuresOn(page);
  const stats = ["planned", "ok", "failed", "retries", "costUsd", "inputTokens", "outputTokens"];
  for (const stat of stats)
    expect(figures.filter((each) => each.endsWith(`?number=${stat}`))).toHaveLength(1);
  for (const part of ["&phase=", "&model=", "&worker=", "&failure="])
    expect(
      figures.some((each) => each.includes(part)),
      part,
    ).toBe(true);
  for (const figure of figures) {
    await page.goto(figure);
    await expect(page.getByTestId("history-balance"), figure).toHaveAttribute(
      "data-agrees",
      "true",
    );
    await expect(page.getByTestId("history-balance"), figure).toHaveText(
      /^[1-9][\d,]* events? adds? up to /,
    );
  }
});

test("should lead from a number to its events, and from an event to its call", async ({ page }) => {
  await script("gpt-5.1", ["rate-limit", "overloaded"]);
  const runId = await startSample(page, "Sample whose retries are looked at");
  await waitForEnd(page);
  const { retries } = (await runOf(runId)).stats;
  expect(retries).toBeGreaterThan(0);

  await page.getByTestId("stat-retries").click();
  const panel = page.getByTestId("history-panel");
  await expect(panel.getByTestId("history-value")).toHaveText(String(retries));
  const events = panel.getByTestId("history").getByRole("listitem");
  await expect(events).toHaveCount(retries);
  const first = events.first();
  await expect(first).toContainText("call-retried");
  await expect(first).toContainText(/\d+:\d+/);
  await first.getByRole("button", { name: "the event as it is in the log" }).click();
  await expect(first.getByRole("region", { name: "The event as it is in the log" })).toContainText(
    '"remainingBudget"',
  );
  await inspect(page, "run-history", false);

  await first.getByRole("button", { name: /#\d$/ }).click();
  const call = page.getByTestId("call-panel");
  await expect(
    call.getByTestId("attempts").locator('[data-outcome="retried"]').first(),
  ).toBeVisible();
  await expect(call.getByRole("region", { name: "Evidence" })).toBeVisible();
  await call.getByRole("button", { name: "Close the details" }).click();
  await expect(panel).toBeVisible();
  await page.reload();
  await expect(panel.getByTestId("history-value")).toHaveText(String(retries));
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/number=/);
});

test("should not lead anywhere from a number that is 0", async ({ page }) => {
  await startSample(page, "Sample without a time-out");
  await waitForEnd(page);
  await expect(page.getByTestId("stat-timedOut")).toHaveAttribute("value", "0");
  await expect(
    page.locator("a.figure").filter({ has: page.getByTestId("stat-timedOut") }),
  ).toHaveCount(0);
  await expect(page.locator("a.figure").filter({ has: page.getByTestId("stat-ok") })).toHaveCount(
    1,
  );
});

test("should compare the models, and sort them by any column", async ({ page }) => {
  const runId = await startSample(page, "Sample whose models are compared");
  await waitForEnd(page);
  const { byModel } = await runOf(runId);
  const rows = page.getByTestId("models").locator("tbody tr");
  await expect(rows).toHaveCount(Object.keys(byModel).length);
  await expect(rows.first().getByRole("img")).toHaveAccessibleName(
    /successful calls: least .+, most /,
  );
  const costs = () =>
    rows.evaluateAll((all) =>
      all.map((row) => row.querySelector("th")?.getAttribute("title") ?? ""),
    );
  const byCost = Object.keys(byModel).sort(
    (a, b) => (byModel[b]?.costUsd ?? 0) - (byModel[a]?.costUsd ?? 0),
  );
  const cost = page.getByTestId("models").getByRole("button", { name: "Cost", exact: true });
  await cost.click();
  await expect.poll(costs).toEqual(byCost);
  await cost.click();
  await expect.poll(costs).toEqual([...byCost].reverse());
});
