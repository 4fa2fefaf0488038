import { expect, test, type Page } from "@playwright/test";
import {
  numbersOn,
  SLOW,
  startSample,
  statOn,
  versionOn,
  watchVersions,
  waitForEnd,
} from "./screen.ts";
import { runOf, service, untilProviderIsAsked } from "./stack.ts";
import { expectEndToBeTrue } from "./truth.ts";

/** What an open page does while parts of the system die and come back under it. */

/** What was thrown in the page and caught by nobody; a refused connection is not among it. */
function thrownOn(page: Page): string[] {
  const thrown: string[] = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  return thrown;
}

const connection = (page: Page) => page.getByTestId("connection");

function expectToRise(versions: string[]): void {
  expect(versions.length).toBeGreaterThan(1);
  expect(versions).toEqual([...versions].sort());
}

// A test that breaks off in the middle must leave a whole system to the next one.
test.afterEach(async ({ page }, { status, expectedStatus }) => {
  if (status === expectedStatus) return;
  await page.close();
  await service("gateway", "stop");
  await service("projector", "stop");
  await service("projector", "start");
  await service("gateway", "start");
});

test("should keep its numbers while the gateway is dead, and go on when it is back", async ({
  page,
}) => {
  const thrown = thrownOn(page);
  const runId = await startSample(page, "Sample whose gateway is killed", SLOW);
  const versions = await watchVersions(page);
  await expect.poll(() => statOn(page, "ok"), { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(connection(page)).toHaveAttribute("data-kind", "live");

  await service("gateway", "stop");
  await expect(connection(page)).toHaveAttribute("data-kind", "stale");
  await expect(connection(page)).toContainText("reconnecting");
  const [held, shown] = [await numbersOn(page), await versions()];
  await untilProviderIsAsked(2);
  // A page that looks for its gateway is still a page.
  await page.getByRole("table", { name: "Finished calls" }).getByRole("button").first().click();
  await expect(page.getByTestId("call-panel")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("call-panel")).toBeHidden();
  expect(await numbersOn(page)).toEqual(held);
  expect(await versions()).toEqual(shown);
  await expect(connection(page)).toHaveAttribute("data-kind", "stale");

  await service("gateway", "start");
  await expect(connection(page)).toHaveAttribute("data-kind", "live", { timeout: 60_000 });
  await expect
    .poll(async () => (await versions()).at(-1), { timeout: 60_000 })
    .not.toBe(shown.at(-1));
  await waitForEnd(page);
  await expectEndToBeTrue(page, runId);
  expectToRise(await versions());
  expect((await runOf(runId)).outcome).toBe("COMPLETED");
  expect(thrown).toEqual([]);
});

test("should let its numbers stand while the projector is down, and catch up with it", async ({
  page,
}) => {
  const thrown = thrownOn(page);
  const runId = await startSample(page, "Sample whose projector is stopped", SLOW);
  const versions = await watchVersions(page);
  await expect.poll(() => statOn(page, "ok"), { timeout: 60_000 }).toBeGreaterThan(0);

  await service("projector", "stop");
  // The page may be ahead of the tables: it is told first. Nothing new comes after what is under way.
  await untilProviderIsAsked(1);
  const [held, shown] = [await numbersOn(page), await versionOn(page)];
  const { asOf } = await runOf(runId);
  expect(shown.offset).toBeGreaterThanOrEqual(asOf.offset);
  await untilProviderIsAsked(2);
  expect(await numbersOn(page)).toEqual(held);
  expect(await versionOn(page)).toEqual(shown);
  expect((await runOf(runId)).asOf).toEqual(asOf);
  // A stream that is open is no reason to call itself live.
  await expect(connection(page)).toHaveAttribute("data-kind", "standing", { timeout: 60_000 });

  await service("projector", "start");
  await expect
    .poll(async () => (await versionOn(page)).offset, { timeout: 60_000 })
    .toBeGreaterThan(shown.offset);
  await waitForEnd(page);
  await expectEndToBeTrue(page, runId);
  expectToRise(await versions());
  expect((await runOf(runId)).outcome).toBe("COMPLETED");
  expect(thrown).toEqual([]);
});
