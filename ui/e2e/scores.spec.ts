import { expect, test, type Page } from "@playwright/test";
import { phaseName } from "../src/models/phases.ts";
import { scoreText } from "../src/scores/heatmap.ts";
import { labelsOf, nameOf } from "../src/scores/labels.ts";
import { inspect } from "./inspect.ts";
import { callsOf, judges, requestsFor, runOf, sourcesOf, submit } from "./stack.ts";
import type { Submission } from "../src/api/types.ts";
import { runIdOn, waitForEnd } from "./screen.ts";

/** A judged run: what the judges said is on the screen as the gateway tells it. */

const LONG = "A document with quite a long name, as people give them to their files.md";

const model = (id: string, iterations = 1) => ({ model: id, iterations, maxOutputTokens: 2_000 });

function judged(name: string): Submission {
  return {
    name,
    documents: [{ name: LONG, content: "# Order 14265\n\nIt was signed in January 2025.\n" }],
    instructions: "Summarise the document.",
    generation: { models: [model("openai:gpt-5.1"), model("openai:gpt-5-mini")] },
    evaluation: {
      judges: [{ model: "google:gemini-2.5-flash" }, { model: "openai:gpt-5-mini" }],
      iterations: 1,
      pairwise: { topN: 2, order: "BOTH", ties: true },
    },
    combine: { models: [model("openai:gpt-5.1")] },
  };
}

/** What the page was refused by its content security policy, told when asked for. */
async function violationsOn(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const found: string[] = [];
    Object.assign(window, { refusedByPolicy: found });
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      found.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  return () =>
    page.evaluate(() => (window as unknown as { refusedByPolicy: string[] }).refusedByPolicy);
}

async function openJudged(page: Page, name: string): Promise<string> {
  const runId = await submit(judged(name));
  await page.goto(`/runs/${runId}`);
  await waitForEnd(page);
  return runId;
}

test("should show what the judges said as the gateway tells it", async ({ page }) => {
  const runId = await openJudged(page, "Judged run");
  const [view] = await sourcesOf(runId);
  if (view?.winner == null) throw new Error("no winner");
  const labels = labelsOf(view);

  await expect(page.getByTestId("winner")).toContainText(nameOf(labels, view.winner.document));
  const heatmap = page.getByTestId("heatmap");
  for (const { document, criteria } of view.scores)
    for (const { criterion, mean } of criteria)
      await expect(
        heatmap.getByRole("button", {
          name: `${criterion}, ${nameOf(labels, document)}: ${scoreText(mean)} of`,
        }),
      ).toHaveCount(1);
  const totals = page.getByTestId("heat-total");
  for (const { mean } of view.scores) await expect(totals).toContainText(scoreText(mean));
  await page.getByRole("tab", { name: "Documents" }).click();
  const documents = page.getByTestId("documents");
  for (const { document, mean } of view.scores) {
    const row = documents.getByRole("row", { name: nameOf(labels, document) });
    await expect(row.first()).toContainText(scoreText(mean));
  }

  await page.getByRole("tab", { name: "Ranking" }).click();
  const ballots = view.postCombine?.votes ?? [];
  const [first] = ballots;
  if (first === undefined) throw new Error("no vote");
  const pair = [nameOf(labels, first.first), nameOf(labels, first.second)];
  await page
    .getByTestId("versus-after")
    .getByRole("button", { name: `votes on ${pair[0]} against ${pair[1]}` })
    .click();
  const votes = page.getByTestId("votes");
  await expect(votes).toContainText(first.reason);
  const between = ballots.filter(({ first: a, second: b }) =>
    [a, b].every((each) => [first.first, first.second].includes(each)),
  );
  await expect(votes.getByRole("rowheader")).toHaveCount(between.length);
  await inspect(page, "scores-votes", false);
  await page.keyboard.press("Escape");
  await expect(votes).toBeHidden();

  await page
    .getByTestId("ranking-after")
    .getByRole("button", { name: `Votes on ${nameOf(labels, first.first)}` })
    .press("Enter");
  const about = ballots.filter(({ first: a, second: b }) => [a, b].includes(first.first));
  await expect(votes.getByRole("rowheader")).toHaveCount(about.length);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Read it" }).click();
  const viewer = page.getByTestId("viewer");
  await expect(viewer.getByTestId("pane-left").getByRole("heading").first()).toBeVisible();
  await viewer.getByRole("button", { name: "Compare" }).click();
  await expect(viewer.getByTestId("pane-right").getByRole("region")).not.toBeEmpty();
  await inspect(page, "scores-compare", false);
  await page.keyboard.press("Escape");
  await expect(viewer).toBeHidden();
  await inspect(page, "scores");
});

test("should judge the documents again without generating", async ({ page }) => {
  const runId = await openJudged(page, "Run that is judged again");
  await page.getByTestId("re-evaluate").click();
  await expect(page.getByTestId("re-evaluate-panel")).toContainText("Nothing is generated again");
  await page.getByLabel("Other ones").check();
  await inspect(page, "re-evaluate", false);
  await page.getByLabel("As before").check();
  await page.getByTestId("confirm-re-evaluate").click();
  await page.waitForURL((url) => !url.pathname.endsWith(runId));
  const again = runIdOn(page);
  await waitForEnd(page);

  const calls = await callsOf(again);
  const written = calls.filter(({ phase }) => phase === "GENERATION");
  expect(written.map(({ state, attempts }) => [state, attempts])).toEqual([
    ["OK", 0],
    ["OK", 0],
  ]);
  const requests = await requestsFor(calls);
  for (const { callId } of written) expect(requests.get(callId)).toBe(0);
  const judging = calls.filter(({ phase }) => phase === "SINGLE_EVAL");
  for (const { callId } of judging) expect(requests.get(callId)).toBeGreaterThan(0);
  await page.getByRole("tab", { name: "Documents" }).click();
  await expect(page.getByTestId("score-change").first()).toContainText("against the earlier run");
});

test("should run a phase anew and keep the documents", async ({ page }) => {
  const runId = await openJudged(page, "Run with a phase anew");
  const before = await runOf(runId);
  await page.getByTestId("run-again").click();
  await page
    .getByTestId("again-dialog")
    .getByRole("radio", { name: new RegExp(`^${phaseName("PAIRWISE")} \\d`) })
    .check();
  await inspect(page, "run-again", false);
  await page.getByTestId("confirm-again").click();
  await expect(page.getByTestId("again-dialog")).toBeHidden();
  await expect
    .poll(async () => (await runOf(runId)).stats.cost.replacedUsd, { timeout: 60_000 })
    .toBeGreaterThan(0);
  await waitForEnd(page);

  const calls = await callsOf(runId);
  const kept = calls.filter(({ phase }) => phase === "GENERATION" || phase === "SINGLE_EVAL");
  expect(kept.every(({ epoch }) => epoch === 1)).toBe(true);
  const anew = calls.filter((call) => !kept.includes(call));
  expect(anew.every(({ epoch, state }) => epoch === 2 && state === "OK")).toBe(true);
  const after = await runOf(runId);
  const replaced = ["PAIRWISE", "COMBINE", "POST_COMBINE"] as const;
  const spent = replaced.reduce((sum, phase) => sum + (before.byPhase[phase]?.costUsd ?? 0), 0);
  expect(after.stats.cost.replacedUsd).toBeCloseTo(spent, 6);
});

test("should flag what speaks to the judge, and show the scores without it", async ({ page }) => {
  await judges({ planting: { "gpt-5.1": 1 }, gullibility: { "gemini-2.5-flash": 1 } });
  const refused = await violationsOn(page);
  const runId = await openJudged(page, "Run with planted passages");
  await judges({ planting: { "gpt-5.1": 0 }, gullibility: { "gemini-2.5-flash": 0 } });
  const [view] = await sourcesOf(runId);
  const planted = view?.documents.find(({ flags }) => flags.includes("INJECTION_SUSPECTED"));
  const [passage] = planted?.suspicions ?? [];
  if (view === undefined || planted === undefined || passage === undefined)
    throw new Error("nothing was planted");
  const name = nameOf(labelsOf(view), planted.docId);
  await expect(page.getByTestId("heatmap")).toContainText("Speaks to its judge");
  await page.getByRole("tab", { name: "Documents" }).click();
  const row = page.getByTestId("documents").getByRole("row", { name }).first();
  await expect(row).toContainText("Speaks to its judge");
  await inspect(page, "scores-flagged", false);

  await row.getByRole("button", { name: `Read ${name}` }).click();
  const pane = page.getByTestId("pane-left");
  const raw = "script, iframe, img, style, [style], [onclick], [onload]";
  await expect(pane.locator(".prose").locator(raw)).toHaveCount(0);
  await pane.getByText("for the judge, not the reader").click();
  await pane
    .getByRole("button", { name: /^Show in the text/ })
    .first()
    .click();
  await expect(pane.locator("mark").first()).toBeInViewport();
  await inspect(page, "scores-passage", false);
  await page.keyboard.press("Escape");

  await page.getByTestId("re-evaluate").click();
  await page.getByTestId("mask").check();
  await page.getByTestId("confirm-re-evaluate").click();
  await page.waitForURL((url) => !url.pathname.endsWith(runId));
  await waitForEnd(page);
  await page.getByRole("tab", { name: "Documents" }).click();
  const masked = page.getByTestId("documents").getByRole("row", { name }).first();
  await expect(masked).toContainText("Judged masked");
  await expect(masked.getByTestId("score-change")).toBeVisible();
  await masked.getByRole("button", { name: `Read ${name}` }).click();
  await pane.getByTestId("as-written").click();
  await page.getByRole("button", { name: "Source text" }).click();
  await expect(pane.locator("mark")).toHaveCount(planted.suspicions.length);
  await inspect(page, "scores-masked", false);
  expect(await refused()).toEqual([]);
});
