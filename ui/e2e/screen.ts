import { expect, type Page } from "@playwright/test";
import type { RunView, Stats } from "../src/api/types.ts";
import { count, money } from "../src/models/format.ts";

/** Reading numbers off the screen: the value for machines, and the text that a person sees. */

export const STATS = [
  "planned",
  "queued",
  "inFlight",
  "ok",
  "failed",
  "timedOut",
  "cancelled",
  "skipped",
  "retries",
  "costUsd",
  "inputTokens",
  "outputTokens",
] as const satisfies (keyof Stats)[];

const NUMBERS =
  'data[data-testid^="stat-"],data[data-testid^="phase-"],data[data-testid^="model-"]';

/** Every number of the run on the screen, as test id to "value|text". */
export function numbersOn(page: Page): Promise<Record<string, string>> {
  return page.locator(NUMBERS).evaluateAll(valuesAndTexts);
}

function valuesAndTexts(all: Element[]): Record<string, string> {
  return Object.fromEntries(
    all.map((each) => [
      each.getAttribute("data-testid") ?? "",
      `${each.getAttribute("value") ?? ""}|${each.textContent}`,
    ]),
  );
}

/** What the page says at one moment, read at once: between two readings it might go on. */
export async function momentOn(page: Page): Promise<Moment> {
  const read = page.locator(`${NUMBERS},[data-testid="run-name"],[data-testid="as-of"]`);
  const {
    "run-name": name = "",
    "as-of": asOf = "",
    ...numbers
  } = await read.evaluateAll(valuesAndTexts);
  return { name: name.slice(1), offset: Number(asOf.split("|")[0]), numbers };
}

export interface Moment {
  name: string;
  offset: number;
  numbers: Record<string, string>;
}

/** The same numbers as the gateway tells them. */
export function numbersOf(run: RunView): Record<string, string> {
  const groups: [string, Stats][] = [
    ["stat", run.stats],
    ...Object.entries(run.byPhase).map(([key, stats]): [string, Stats] => [`phase-${key}`, stats]),
    ...Object.entries(run.byModel).map(([key, stats]): [string, Stats] => [`model-${key}`, stats]),
  ];
  return Object.fromEntries(
    groups.flatMap(([prefix, stats]) =>
      STATS.map((name) => {
        const text = name === "costUsd" ? money(stats[name]) : count(stats[name]);
        return [`${prefix}-${name}`, `${stats[name]}|${text}`];
      }),
    ),
  );
}

export async function statOn(page: Page, name: (typeof STATS)[number]): Promise<number> {
  return Number(await page.getByTestId(`stat-${name}`).getAttribute("value"));
}

/** The version that the page shows, so that two of them can be compared. */
export async function versionOn(page: Page): Promise<{ generation: number; offset: number }> {
  const asOf = page.getByTestId("as-of");
  await expect(asOf).toHaveAttribute("value", /\d/);
  return {
    generation: Number(await asOf.getAttribute("data-generation")),
    offset: Number(await asOf.getAttribute("value")),
  };
}

/** All versions that the page shows from now on; asking fails when it was loaded anew meanwhile. */
export async function watchVersions(page: Page): Promise<() => Promise<string[]>> {
  const seen = await page.evaluateHandle(() => {
    const versions: string[] = [];
    const look = () => {
      const shown = document.querySelector('[data-testid="as-of"]');
      const offset = shown?.getAttribute("value")?.padStart(12, "0");
      const version = `${shown?.getAttribute("data-generation")}.${offset}`;
      if (shown !== null && versions.at(-1) !== version) versions.push(version);
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ["value"],
    });
    return versions;
  });
  return () => seen.jsonValue();
}

export function runIdOn(page: Page): string {
  const match = /\/runs\/([^/?#]+)/.exec(page.url());
  if (match?.[1] === undefined) throw new Error(`not a run page: ${page.url()}`);
  return decodeURIComponent(match[1]);
}

/** One call after the other: there is time to interfere. */
export const SLOW = { concurrency: 1 };

interface SampleOptions {
  /** Calls at a time. */
  concurrency?: number;
}

export async function startSample(
  page: Page,
  name: string,
  { concurrency }: SampleOptions = {},
): Promise<string> {
  await page.goto("/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  if (concurrency !== undefined) await page.getByLabel("Calls at a time").fill(String(concurrency));
  await page.getByTestId("start-run").click();
  await page.waitForURL(/\/runs\//);
  return runIdOn(page);
}

export async function waitForEnd(page: Page): Promise<void> {
  await expect(page.getByTestId("stat-queued")).toHaveAttribute("value", "0", { timeout: 150_000 });
  await expect(page.getByTestId("stat-inFlight")).toHaveAttribute("value", "0", {
    timeout: 150_000,
  });
  await expect(page.getByText("The run has ended; no call is in flight.")).toBeVisible({
    timeout: 30_000,
  });
}
