import { expect, test, type Download, type Page } from "@playwright/test";
import type { RawEvents } from "../src/api/types.ts";
import { inspect } from "./inspect.ts";
import { startSample, waitForEnd } from "./screen.ts";
import { callsOf, runOf } from "./stack.ts";

/** A run as files, and what its calls sent and got, read in place. */

/** What could give a key away: the names of headers that carry one, and the value the simulator is given. */
const SECRETS = /authorization|bearer |x-api-key|x-goog-api-key|api[-_]key|simulator/i;

test("should save every run as files, by keyboard", async ({ page }) => {
  const runId = await startSample(page, "Run that is exported");
  await waitForEnd(page);
  const calls = await callsOf(runId);
  const run = await runOf(runId);
  const button = page.getByTestId("export-run");
  await button.focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("group", { name: "Export" });
  await expect(menu.getByRole("link")).toHaveCount(4);
  await inspect(page, "export-menu", false);

  await page.keyboard.press("Tab");
  await expect(menu.getByRole("link", { name: "Calls as CSV" })).toBeFocused();
  const rows = await textOf(await saved(page, () => page.keyboard.press("Enter")));
  expect(rows.split("\r\n").length).toBe(calls.length + 2);
  for (const { callId } of calls) expect(rows).toContain(callId);

  const array = await saved(page, () => menu.getByRole("link", { name: "Calls as JSON" }).click());
  expect(array.suggestedFilename()).toBe(`${runId}-calls.json`);
  const parsed = JSON.parse(await textOf(array)) as { callId: string; state: string }[];
  expect(parsed.map(({ callId, state }) => [callId, state])).toEqual(
    calls.map(({ callId, state }) => [callId, state]),
  );

  const log = await textOf(
    await saved(page, () => menu.getByRole("link", { name: "Events as JSONL" }).click()),
  );
  const events = log
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { offset: number });
  expect(events.at(-1)?.offset).toBe(run.asOf.offset);
  expect(events.length).toBeGreaterThan(calls.length * 3);

  const zip = await saved(page, () => menu.getByRole("link", { name: "Documents as ZIP" }).click());
  const bytes = await bytesOf(zip);
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
  expect(bytes.includes("index.json")).toBe(true);

  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
});

test("should read in place what a call sent and got, and no key in it", async ({ page }) => {
  const runId = await startSample(page, "Run whose requests are read");
  await waitForEnd(page);
  const call = (await callsOf(runId)).find(({ state }) => state === "OK");
  if (call === undefined) throw new Error("no call has succeeded");
  await page.goto(`/runs/${runId}?call=${call.callId}`);
  const panel = page.getByTestId("call-panel");
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  const attempt = panel.getByTestId("attempts").locator('[data-outcome="ok"]');
  const open = attempt.getByRole("button", { name: "Read the request" });
  await open.focus();
  expect(fetched.filter((path) => path.includes("/artifacts/"))).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(open).toHaveAttribute("aria-expanded", "true");
  await expect(open).toBeFocused();
  const region = attempt.getByRole("region", { name: /^Request of attempt/ });
  await expect(region).toContainText('"model": ');
  await expect(region.locator("pre")).toHaveText(/^\{\n {2}"/);
  await inspect(page, "call-request", false);

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await attempt.getByRole("button", { name: /^Copy the request/ }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await region.locator("pre").textContent(),
  );

  const shown = [await region.textContent()];
  await attempt.getByRole("button", { name: "Read the response" }).click();
  await expect(region).toBeHidden();
  const response = attempt.getByRole("region", { name: /^Response of attempt/ });
  await expect(response).not.toBeEmpty();
  shown.push(await response.textContent());
  for (const text of shown) expect(text).not.toMatch(SECRETS);

  const events = await eventsOf(page, runId, call.callId);
  expect(events).toContain("call-succeeded");
  expect(events).not.toMatch(SECRETS);
  for (const { ref } of call.artifacts) {
    const text = await (await page.request.get(`/api/v1/artifacts/${ref.sha256}`)).text();
    expect(text).not.toMatch(SECRETS);
  }
});

test("should show markup as text, and the beginning alone of what is long", async ({ page }) => {
  const runId = await startSample(page, "Run with a long answer");
  await waitForEnd(page);
  const call = (await callsOf(runId)).find(({ state }) => state === "OK");
  const sent = call?.artifacts.find(({ role }) => role === "RESPONSE");
  if (call === undefined || sent === undefined) throw new Error("no response is stored");
  const long = `<img src=x onerror="document.title='run'">${"x".repeat(300_000)}the very end`;
  await page.route(`**/artifacts/${sent.ref.sha256}`, (route) =>
    route.fulfill({ contentType: "text/html", body: long }),
  );
  await page.goto(`/runs/${runId}?call=${call.callId}`);
  const attempt = page.getByTestId("attempts").locator('[data-outcome="ok"]');
  await attempt.getByRole("button", { name: "Read the response" }).click();
  const region = attempt.getByRole("region", { name: /^Response of attempt/ });
  await expect(region).toContainText('<img src=x onerror="');
  await expect(region).not.toContainText("the very end");
  await expect(attempt.getByTestId("artifact-text")).toContainText("the rest is in the download");
  await expect(region.locator("img")).toHaveCount(0);
  await expect(page).not.toHaveTitle("run");
});

async function saved(page: Page, act: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return download;
}

async function bytesOf(download: Download): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function textOf(download: Download): Promise<string> {
  return (await bytesOf(download)).toString("utf8");
}

async function eventsOf(page: Page, runId: string, callId: string): Promise<string> {
  const response = await page.request.get(`/api/v1/runs/${runId}/calls/${callId}/events`);
  const events = (await response.json()) as RawEvents;
  expect(events.nextCursor).toBeNull();
  return JSON.stringify(events);
}
