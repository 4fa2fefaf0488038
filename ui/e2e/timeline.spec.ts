import { expect, test } from "@playwright/test";
import { KEY_REFUSED, script } from "./stack.ts";
import { SLOW, startSample, waitForEnd } from "./screen.ts";

test("should walk through the timeline by keyboard and open a call", async ({ page }) => {
  await startSample(page, "Sample with a timeline", SLOW);
  await waitForEnd(page);
  const bar = page.getByTestId("timeline-bar");
  await bar.focus();
  const first = await bar.getAttribute("aria-label");
  await page.keyboard.press("ArrowDown");
  await expect(bar).not.toHaveAttribute("aria-label", first ?? "");
  await expect(page.getByTestId("timeline-detail")).toBeVisible();
  const whole = page.getByRole("button", { name: "Whole run" });
  await page.keyboard.press("+");
  await expect(whole).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("0");
  await expect(whole).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("call-panel")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Table", exact: true }).click();
  await expect(page.getByRole("table", { name: "Timeline as a table" })).toBeVisible();
});

test("should verify a run against its log", async ({ page }) => {
  await startSample(page, "Sample that is verified");
  await waitForEnd(page);
  await page.getByTestId("verify-run").click();
  await expect(page.getByTestId("verified")).toContainText("Log and tables agree", {
    timeout: 30_000,
  });
  await expect(page.getByTestId("verified-digest")).toContainText(/[0-9a-f]{64}/);
});

test("should list the calls of an error", async ({ page }) => {
  await script("gpt-5-mini", [KEY_REFUSED, KEY_REFUSED]);
  await startSample(page, "Sample with an error");
  await waitForEnd(page);
  await page.getByTestId("failure-AUTH").getByRole("button").click();
  await expect(page).toHaveURL(/error=/);
  await expect(page.getByRole("table", { name: "Calls with this error" })).toBeVisible();
  await page.getByTestId("all-calls").click();
  await expect(page.getByRole("table", { name: "Finished calls" })).toBeVisible();
});
