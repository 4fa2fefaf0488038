import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const SCREENS = fileURLToPath(new URL("../target/screens/", import.meta.url));
const THEMES = ["light", "dark"] as const;
const PHONE = 380;
const DESK = 1440;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What a theme can break: all else is the same in both. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** A page that is longer than this is not drawn to its end. */
const TALLEST = 6_000;

/**
 * The page in both themes and two widths: axe finds nothing, one picture each; and at these widths and
 * at the extremes nothing sticks out and nothing is cut off.
 */
export async function inspect(page: Page, name: string, fullPage = true): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of [PHONE, DESK]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNothingSticksOut(page, `${name} at ${width} px`);
      await expectNoViolations(page, colorScheme, `${name} at ${width} px`);
      if (fullPage) await stretch(page, width);
      await page.screenshot({ path: `${SCREENS}${name}-${colorScheme}-${width}.png` });
    }
  }
  for (const width of [320, 3840]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNothingSticksOut(page, `${name} at ${width} px`);
  }
  await page.setViewportSize({ width: DESK, height: 900 });
}

/** No page has frames, so axe need not look for any, which takes as long as all the rest. */
async function expectNoViolations(page: Page, theme: string, where: string): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (theme === "light") axe.withTags(RULES);
  else axe.withRules(COLOURS);
  // What the bar at the bottom half covers is as large as the rest once one scrolls to it.
  if ((await page.locator(".bottom-bar").count()) > 0) axe.disableRules(["target-size"]);
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`,
  );
  expect(found, `${where}, ${theme}`).toEqual([]);
}

/** As tall as the page, so that what draws itself only in view is on the picture, too. */
async function stretch(page: Page, width: number): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height, TALLEST) });
  await page.evaluate(untilQuiet);
}

/** Until nothing on the page has changed for 300 ms, and 2 s at most: a live one is never quiet. */
async function untilQuiet(): Promise<void> {
  await new Promise<void>((done) => {
    let timer = setTimeout(finish, 300);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(finish, 300);
    });
    const last = setTimeout(finish, 2_000);
    function finish() {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(last);
      done();
    }
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** Neither out of the page nor, unseen, out of a part of it that cuts off what does not fit. */
async function expectNothingSticksOut(page: Page, where: string): Promise<void> {
  await expect.poll(() => page.evaluate(cutOff), { message: where, timeout: 5_000 }).toEqual([]);
}

/**
 * What is wider than the place that it has and cannot be scrolled to: the page itself, and whatever
 * hides its overflow. Not meant are texts that end in an ellipsis, fields (one moves in them with the
 * caret), and what only screen readers see.
 */
function cutOff(): string[] {
  const cutsOff = (element: Element) => {
    const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(element);
    const deliberately = textOverflow === "ellipsis" || !["none", ""].includes(webkitLineClamp);
    const forReaders = element.clientWidth <= 1 || element.closest(".sr-only") !== null;
    return ["hidden", "clip"].includes(overflowX) && !deliberately && !forReaders;
  };
  const all = [...document.body.querySelectorAll("*")].filter(
    (element) => element instanceof HTMLElement && !element.matches("canvas, input, select"),
  );
  const found = all
    .filter((element) => cutsOff(element) && element.scrollWidth > element.clientWidth + 1)
    .map(({ tagName, id, className, scrollWidth, clientWidth }) =>
      [`${tagName.toLowerCase()}#${id}.${className}`, `${scrollWidth} > ${clientWidth}`].join(" "),
    );
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`the page ${scrollWidth} > ${clientWidth}`, ...found] : found;
}
