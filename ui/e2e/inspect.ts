import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const SCREENS = fileURLToPath(new URL("../target/screens/", import.meta.url));
const THEMES = ["light", "dark"] as const;
const WIDTHS = [380, 1440];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The page in both themes and two widths: axe finds nothing, nothing sticks out, one picture each. */
export async function inspect(page: Page, name: string, fullPage = true): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${SCREENS}${name}-${colorScheme}-${width}.png`, fullPage });
      await expectNothingSticksOut(page, width);
    }
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

async function expectNothingSticksOut(page: Page, width: number): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
}
