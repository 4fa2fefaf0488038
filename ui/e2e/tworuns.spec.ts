import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { chance } from "./chance.ts";
import { momentOn, numbersOf, waitForEnd } from "./screen.ts";
import { callsOf, runOf, submit } from "./stack.ts";
import { expectEndToBeTrue } from "./truth.ts";

/** Two runs at the same time, each on its own page: nothing of one is ever seen in the other. */

interface Watched {
  page: Page;
  runId: string;
  side: string;
}

const MOMENTS = 12;
const LONGEST_WAIT_MS = 700;

/** Another name, other documents, another model and another number of calls on each side. */
async function watch(
  context: BrowserContext,
  side: string,
  model: string,
  documents: number,
): Promise<Watched> {
  const runId = await submit({
    name: `Sample on the ${side}`,
    documents: Array.from({ length: documents }, (_, index) => ({
      name: `${side}-${index + 1}.md`,
      content: `# Order ${index + 1} of the ${side}\n\nThe lamps are lit by 1 March.`,
    })),
    instructions: "Say what is ordered.",
    generation: { models: [{ model, iterations: 2, maxOutputTokens: 500 }] },
    limits: { concurrency: 1 },
  });
  const page = await context.newPage();
  await page.goto(`/runs/${runId}`);
  return { page, runId, side };
}

/** The page at this moment, and its run as the gateway tells it when it was at the same event. */
async function expectItsOwnRun({ page, runId, side }: Watched): Promise<void> {
  await expect(async () => {
    const seen = await momentOn(page);
    const run = await runOf(runId);
    expect(seen.offset).toBe(run.asOf.offset);
    expect(seen.name).toBe(`Sample on the ${side}`);
    expect(seen.numbers).toEqual(numbersOf(run));
  }).toPass({ timeout: 30_000, intervals: [50] });
  const calls = await page
    .getByRole("table", { name: "Finished calls" })
    .getByRole("button")
    .allTextContents();
  for (const call of calls) expect(call).toMatch(new RegExp(`^${side}-\\d`));
}

test("should never mix two runs that go on at the same time", async ({ context }) => {
  const next = chance("two runs");
  const left = await watch(context, "left", "openai:gpt-5-mini", 6);
  const right = await watch(context, "right", "openai:gpt-5.1", 5);
  for (let moment = 0; moment < MOMENTS; moment++) {
    await left.page.waitForTimeout(next() * LONGEST_WAIT_MS);
    await expectItsOwnRun(next() < 0.5 ? left : right);
  }
  for (const side of [left, right]) {
    await waitForEnd(side.page);
    await expectItsOwnRun(side);
    await expectEndToBeTrue(side.page, side.runId);
    await expect(side.page.getByText(/\d+ frames? refused/)).toHaveCount(0);
  }
  await expectOverlap(left, right);
  const ids = (await callsOf(left.runId)).map(({ callId }) => callId);
  expect((await callsOf(right.runId)).filter(({ callId }) => ids.includes(callId))).toEqual([]);
});

/** Runs that follow each other could not be mixed. */
async function expectOverlap(...sides: Watched[]): Promise<void> {
  const runs = await Promise.all(sides.map(({ runId }) => runOf(runId)));
  const started = runs.map(({ startedAt }) => startedAt ?? "").sort();
  const finished = runs.map(({ finishedAt }) => finishedAt ?? "").sort();
  expect(started.at(-1)?.localeCompare(finished[0] ?? ""), "both went on at once").toBeLessThan(0);
}
