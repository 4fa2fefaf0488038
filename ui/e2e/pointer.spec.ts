import { expect, type Locator, type Page } from "@playwright/test";
import { made } from "./made.ts";
import { test } from "./mocked.ts";

/** The timeline by mouse; by keyboard it is in timeline.spec.ts. */

const CALLS = 6;
const MINUTES = 14;

/** An ended run, so that nothing moves but what is moved. */
function ended() {
  const finishedAt = new Date(Date.now() - 60_000).toISOString();
  return made(
    {
      documents: Array.from({ length: CALLS }, (_, index) => `order-${index + 1}.md`),
      models: ["openai:gpt-5.1"],
      stateOf: () => "OK",
      minutesAgo: MINUTES + 1,
    },
    { status: "FINISHED", outcome: "COMPLETED", phases: [], finishedAt },
  );
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("it is not on the screen");
  return box;
}

const bar = (page: Page) => page.getByTestId("timeline-bar");
const whole = (page: Page) => page.getByRole("button", { name: "Whole run" });

/** Seconds of the run that are in view, as the page says. */
async function secondsInView(page: Page): Promise<number> {
  const text = await page.getByText(/ in view$/).textContent();
  const part = (unit: string) => Number(new RegExp(`(\\d+) ${unit}\\b`).exec(text ?? "")?.[1] ?? 0);
  return part("m") * 60 + part("s");
}

/** Where the bar of so many calls below the first one is; the keyboard is back at the first then. */
async function placeOf(page: Page, below: number): Promise<Box> {
  await bar(page).focus();
  await page.keyboard.press("Home");
  for (let step = 0; step < below; step++) await page.keyboard.press("ArrowDown");
  const place = await boxOf(bar(page));
  await page.keyboard.press("Home");
  return place;
}

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 8 });
  await page.mouse.up();
}

test.beforeEach(async ({ page, openMade }) => {
  await openMade(ended());
  await page.getByTestId("timeline").scrollIntoViewIfNeeded();
  await expect(bar(page)).toBeAttached();
});

test("should tell of the bar under the pointer, and open its call with a click", async ({
  page,
}) => {
  const place = await placeOf(page, 3);
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  const detail = page.getByTestId("timeline-detail");
  await expect(detail).toContainText(/order-\d\.md/);
  const document = /order-\d\.md/.exec((await detail.textContent()) ?? "")?.[0] ?? "";
  await page.mouse.down();
  await page.mouse.up();
  const panel = page.getByTestId("call-panel");
  await expect(panel).toContainText(document);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();

  // Beside a bar there is nothing to open.
  await page.mouse.click(place.x + place.width + 40, place.y + place.height / 2);
  await expect(detail).toBeHidden();
  await expect(page).not.toHaveURL(/call=/);
});

test("should zoom at the pointer with ctrl and the wheel", async ({ page }) => {
  const before = await placeOf(page, 3);
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowDown");
  const seconds = await secondsInView(page);
  const scrolled = await page.evaluate(() => window.scrollY);
  await page.mouse.move(before.x, before.y + before.height / 2);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -300);
  await page.keyboard.up("Control");
  await expect(whole(page)).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => secondsInView(page)).toBeCloseTo(seconds / Math.E, -1);
  expect((await boxOf(bar(page))).x, "what is under the pointer stays there").toBeCloseTo(
    before.x,
    -1,
  );
  expect(await page.evaluate(() => [window.scrollY, window.visualViewport?.scale])).toEqual([
    scrolled,
    1,
  ]);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, 3_000);
  await page.keyboard.up("Control");
  await expect(whole(page)).toHaveAttribute("aria-pressed", "true");
});

test("should move the view with the hand, and open nothing by that", async ({ page }) => {
  const { x, y, width, height } = await placeOf(page, 2);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("+");
  const before = await boxOf(bar(page));
  const middle: [number, number] = [x + width / 2, y + height * 3];
  await drag(page, middle, [middle[0] - 90, middle[1]]);
  await expect.poll(async () => (await boxOf(bar(page))).x).toBeCloseTo(before.x - 90, -1);
  await expect(page).not.toHaveURL(/call=/);
  await drag(page, middle, [middle[0] + 60, middle[1]]);
  await expect.poll(async () => (await boxOf(bar(page))).x).toBeCloseTo(before.x - 30, -1);
});

test("should choose a stretch in the overview, and move it", async ({ page }) => {
  const seconds = await secondsInView(page);
  const strip = await boxOf(page.getByTestId("timeline-overview"));
  const at = (share: number): [number, number] => [
    strip.x + share * strip.width,
    strip.y + strip.height / 2,
  ];
  await drag(page, at(0.2), at(0.45));
  await expect(whole(page)).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => secondsInView(page)).toBeCloseTo(seconds / 4, -1);
  const held = await secondsInView(page);
  const window = page.getByTestId("timeline-overview").locator(".cursor-grab");
  const before = await boxOf(window);
  await drag(page, at(0.3), at(0.5));
  await expect
    .poll(async () => (await boxOf(window)).x)
    .toBeCloseTo(before.x + strip.width / 5, -1);
  expect(await secondsInView(page)).toBe(held);
  await whole(page).click();
  await expect(window).toHaveCount(0);
  expect(await secondsInView(page)).toBe(seconds);
});
