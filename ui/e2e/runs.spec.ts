import { expect, test, type APIRequestContext, type Page } from "@playwright/test";
import type { RunView } from "../src/api/types.ts";
import { count, counted, money } from "../src/models/format.ts";
import { endedOver } from "../src/models/runpace.ts";
import { endedOf } from "../src/models/runs.ts";
import { inspect } from "./inspect.ts";
import { KEY_REFUSED, paceOf, runOf, script } from "./stack.ts";

/** The list of runs, what can be done with several of them, and two of them beside each other. */

/** A run of one call, ended: the list is about runs and not about what they do. */
async function endedRun(request: APIRequestContext, name: string, models = 1): Promise<string> {
  const ids = ["openai:gpt-5-mini", "openai:gpt-5.1"].slice(0, models);
  const response = await request.post("/api/v1/runs", {
    data: {
      name,
      documents: [{ name: "order.md", content: "# Order\n\nThe lamps are lit by 1 March." }],
      instructions: "Say what is ordered.",
      generation: {
        models: ids.map((model) => ({ model, iterations: 1, maxOutputTokens: 500 })),
      },
    },
  });
  expect(response.status()).toBe(201);
  const { runId } = (await response.json()) as { runId: string };
  await expect.poll(async () => (await runOf(runId)).status, { timeout: 60_000 }).toBe("FINISHED");
  return runId;
}

/** So that a second start of the tests on the same data finds its own runs. */
function unique(name: string): string {
  return `${name} ${Date.now().toString(36)}`;
}

async function openList(page: Page, find: string): Promise<void> {
  await page.goto(`/?find=${encodeURIComponent(find)}`);
  await expect(page.getByTestId("runs")).toBeVisible();
}

const tick = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}` });

test("should put runs into the archive and take them out again", async ({ page, request }) => {
  const name = unique("archived");
  await endedRun(request, `${name} one`);
  await endedRun(request, `${name} two`);
  await openList(page, name);
  await page.getByTestId("select-all").click();
  await page.getByTestId("bulk-archive").click();
  await expect(page.getByTestId("bulk-note")).toContainText("2 runs were archived.", {
    timeout: 30_000,
  });
  await expect(tick(page, `${name} one`)).toBeHidden();
  await expect(tick(page, `${name} two`)).toBeHidden();

  await page.getByTestId("show-archived").click();
  await expect(page).toHaveURL(/archived=true/);
  await expect(page.getByRole("heading", { name: /^Archived runs/ })).toBeVisible();
  await page.getByLabel("Search runs by name or id").fill(name);
  await tick(page, `${name} one`).click();
  await page.getByTestId("bulk-unarchive").click();
  await expect(page.getByTestId("bulk-note")).toContainText("1 run was taken out of the archive.", {
    timeout: 30_000,
  });
  await openList(page, name);
  await expect(page.getByTestId("runs").getByRole("listitem")).toHaveCount(1);
});

test("should show when the calls of a finished run ended", async ({ page, request }) => {
  const name = unique("pace");
  await script("gpt-5-mini", [KEY_REFUSED]);
  const runId = await endedRun(request, name, 2);
  const { stats } = await runOf(runId);
  const pace = await paceOf(runId);
  expect(endedOver(pace)).toBe(endedOf(stats));
  expect([stats.ok, stats.failed]).toEqual([1, 1]);
  await openList(page, name);
  const spark = page.getByTestId("pace");
  await expect(spark).toHaveAccessibleName(
    new RegExp(`^${counted(endedOf(stats), "call")} ended over .*: 1 ok, 1 failed or timed out`),
  );
  for (const colour of ["fill-ok", "fill-failed"])
    await expect(spark.locator(`path.${colour}`)).toHaveAttribute("d", /^M/);
  await expect(spark.locator("path.fill-muted")).toHaveAttribute("d", "");
  await spark.click();
  await expect(page).toHaveURL(new RegExp(`/runs/${runId}`));
});

test("should say that a pace is not known when it cannot be read", async ({ page, request }) => {
  const name = unique("unknown");
  await endedRun(request, name);
  await page.route("**/api/v1/runs/pace**", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      json: { type: "urn:acm2:problem:x", title: "No", status: 503, detail: "Not now." },
    }),
  );
  await openList(page, name);
  await expect(page.getByTestId("pace")).toHaveAccessibleName("Pace unknown: Not now.");
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
  await inspect(page, "runs-no-pace");
});

test("should delete only what was confirmed by its name", async ({ page, request }) => {
  const name = unique("deleted");
  const runId = await endedRun(request, name);
  await openList(page, name);
  await tick(page, name).click();
  await page.getByTestId("bulk-delete").click();
  const typed = page.getByTestId("delete-confirmation");
  await expect(typed).toBeFocused();
  await typed.fill(`${name}x`);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("delete-dialog")).toBeVisible();
  await typed.fill(name);
  const sent = page.waitForRequest(/\/delete$/);
  await page.getByTestId("confirm-delete").click();
  expect((await sent).postDataJSON()).toEqual({ confirm: name });
  await expect(page.getByTestId("bulk-note")).toContainText("1 run was deleted.", {
    timeout: 30_000,
  });
  await page.goto(`/runs/${runId}`);
  await expect(page.getByText("This run was deleted")).toBeVisible({ timeout: 30_000 });
});

test("should list what was refused by run, and send each run's own name", async ({
  page,
  request,
}) => {
  const name = unique("several");
  const refused = await endedRun(request, `${name} kept`);
  await endedRun(request, `${name} gone`);
  await openList(page, name);
  await page.route(`**/runs/${refused}/delete`, (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      json: { type: "urn:acm2:problem:run-state", title: "No", status: 409, detail: "Not now." },
    }),
  );
  const confirmed: unknown[] = [];
  page.on("request", (each) => {
    if (each.url().endsWith("/delete")) confirmed.push(each.postDataJSON());
  });
  await page.getByTestId("select-all").click();
  await page.getByTestId("bulk-delete").click();
  await page.getByTestId("delete-confirmation").fill("delete 2 runs");
  await page.getByTestId("confirm-delete").click();
  const note = page.getByTestId("bulk-note");
  await expect(note.getByRole("listitem")).toHaveText(`${name} kept: Not now.`);
  await expect(note).toContainText("1 of 2 runs was deleted.", { timeout: 30_000 });
  expect(confirmed).toHaveLength(2);
  expect(confirmed).toEqual(
    expect.arrayContaining([{ confirm: `${name} kept` }, { confirm: `${name} gone` }]),
  );
  await expect(tick(page, `${name} kept`)).toBeVisible();
});

test("should cancel several runs that are under way", async ({ page, request }) => {
  const name = unique("cancelled");
  await script("gpt-5-mini", ["hang-before-headers", "hang-before-headers"]);
  for (const which of ["one", "two"]) {
    const response = await request.post("/api/v1/runs", {
      data: {
        name: `${name} ${which}`,
        documents: [{ name: "a.md", content: "A text." }],
        instructions: "Say it.",
        generation: { models: [{ model: "openai:gpt-5-mini", maxOutputTokens: 500 }] },
      },
    });
    expect(response.status()).toBe(201);
  }
  await openList(page, name);
  await page.getByTestId("select-all").click();
  await page.getByTestId("bulk-cancel").click();
  await page.getByTestId("confirm-bulk-cancel").click();
  await expect(page.getByTestId("runs").getByText("Cancelled")).toHaveCount(2, {
    timeout: 60_000,
  });
});

test("should choose runs by keyboard alone", async ({ page, request }) => {
  const name = unique("keys");
  for (const which of ["1", "2", "3"]) await endedRun(request, `${name} ${which}`);
  await page.goto(`/?find=${encodeURIComponent(name)}&sort=NAME`);
  await tick(page, `${name} 1`).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(tick(page, `${name} 2`)).toBeFocused();
  await expect(page.getByTestId("selection")).toContainText("2 runs selected");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(page.getByTestId("selection")).toContainText("3 runs selected");
  await page.getByLabel("Search runs by name or id").fill(`${name} 2`);
  await expect(page.getByTestId("selection")).toContainText("1 run selected");
});

test("should show two runs beside each other without mixing them", async ({ page, request }) => {
  const name = unique("compared");
  const ids = [await endedRun(request, `${name} A`, 2), await endedRun(request, `${name} B`)];
  await page.goto(`/?find=${encodeURIComponent(name)}&sort=NAME`);
  await page.getByTestId("select-all").click();
  await page.getByTestId("compare-runs").click();
  await expect(page.getByTestId("compared-A")).toContainText(`${name} A`);
  await expect(page.getByTestId("compared-B")).toContainText(`${name} B`);
  const runs = await Promise.all(ids.map(runOf));
  const [a, b] = runs;
  if (a === undefined || b === undefined) throw new Error("two runs were started");
  await expectRow(page, "Outcome", "Calls planned", (run) => count(run.stats.planned), a, b);
  await expectRow(page, "Outcome", "Tokens out", (run) => count(run.stats.outputTokens), a, b);
  await expectRow(page, "Cost", "Total", (run) => money(run.stats.costUsd), a, b);
  await expectRow(page, "Calls by state", "Ok", (run) => count(run.stats.ok), a, b);
  const models = page.getByRole("table", { name: "By model" });
  await expect(models.getByText("openai:gpt-5.1")).toBeVisible();
  await expect(models.getByTestId("row-Calls").getByTestId("change").nth(1)).toHaveText(
    /only in A|=/,
  );
  await expect(page.getByRole("table", { name: "Settings that differ" })).toContainText("gpt-5.1");

  await page.getByRole("link", { name: "Swap A and B" }).click();
  await expect(page.getByTestId("compared-A")).toContainText(`${name} B`);
  await expectRow(page, "Outcome", "Calls planned", (run) => count(run.stats.planned), b, a);
  await inspect(page, "compare");
});

async function expectRow(
  page: Page,
  table: string,
  label: string,
  read: (run: RunView) => string,
  a: RunView,
  b: RunView,
): Promise<void> {
  const row = page.getByRole("table", { name: table }).getByTestId(`row-${label}`);
  await expect(row.locator('[data-run="A"]')).toHaveText(`A${read(a)}`);
  await expect(row.locator('[data-run="B"]')).toHaveText(`B${read(b)}`);
  await expect(row).toHaveAttribute("data-differs", String(read(a) !== read(b)));
}

test("should say which of two runs cannot be compared", async ({ page, request }) => {
  const runId = await endedRun(request, unique("alone"));
  await page.goto(`/compare?a=${runId}&b=01890a5d-ac96-774b-bcce-b302099a8057`);
  await expect(page.getByTestId("compared-B").getByRole("alert")).toBeVisible();
  await inspect(page, "compare-unknown");
  await page.goto("/compare");
  await expect(page.getByText("Two runs are needed")).toBeVisible();
  await inspect(page, "compare-empty");
});

test("should stay readable with a hundred runs and long names", async ({ page, request }) => {
  const template = await runOf(await endedRun(request, unique("template")));
  const long = `A name that says ${"everything about the run, ".repeat(6)}and_${"one_word_".repeat(8)}`;
  const items = Array.from({ length: 100 }, (_, index): RunView => {
    const runId = `01890a5d-0000-7000-8000-${String(index).padStart(12, "0")}`;
    return { ...template, spec: null, runId, name: index === 1 ? long : `Nightly ${index}` };
  });
  const stuck = { status: "RUNNING", outcome: null, finishedAt: null } as const;
  items[0] = { ...template, ...stuck, spec: null, name: "Late", deadlineAt: template.requestedAt };
  await page.clock.setFixedTime(Date.parse(template.requestedAt) + 300_000);
  await page.route("**/api/v1/runs?*", (route) =>
    route.fulfill({
      json: {
        items: route.request().url().includes("archived=true") ? [] : items,
        nextCursor: null,
      },
    }),
  );
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Stuck 1", exact: true })).toBeVisible();
  await page.getByTestId("select-all").click();
  await expect(page.getByTestId("selection")).toContainText("100 runs selected");
  await inspect(page, "runs-selected", false);
  await page.getByTestId("bulk-delete").click();
  await expect(page.getByTestId("delete-dialog")).toContainText("Type delete 99 runs to confirm");
  await inspect(page, "runs-delete", false);
  await page.keyboard.press("Escape");
  await page.getByTestId("show-archived").click();
  await expect(page.getByText("No run was put into the archive.")).toBeVisible();
  await inspect(page, "runs-archive-empty");
});
