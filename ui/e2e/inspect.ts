import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const SCREENS = fileURLToPath(new URL("../target/screens/", import.meta.url));
const THEMES = ["light", "dark"] as const;
const WIDTHS = [380, 1440];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** A page that is longer than this is not drawn to its end. */
const TALLEST = 6_000;

/** The page in both themes and two widths: axe finds nothing, nothing sticks out, one picture each. */
export async function inspect(page: Page, name: string, fullPage = true): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await expectNothingSticksOut(page, width);
      if (fullPage) await stretch(page, width);
      await page.screenshot({ path: `${SCREENS}${name}-${colorScheme}-${width}.png` });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`,
    );
    expect(found, `${name}, ${colorScheme}`).toEqual([]);
  }
  for (const width of [320, 3840]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNothingSticksOut(page, width);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
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

async function expectNothingSticksOut(page: Page, width: number): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
}
