import { expect, test } from "@playwright/test";
import { startSample } from "./screen.ts";

test("should show workers and lanes, and change a lane while it runs", async ({ page }) => {
  await startSample(page, "Sample that needs lanes");
  await page.getByRole("link", { name: "Lanes" }).click();
  await expect(page).toHaveURL(/\/lanes$/);
  await expect(page.getByTestId("workers").getByText("Live").first()).toBeVisible();
  const lane = page.getByTestId("lane-openai");
  await expect(lane).toContainText("as configured");

  await lane.getByRole("button", { name: "Change the limits of openai" }).click();
  await lane.getByLabel("Calls at a time").fill("0");
  await lane.getByRole("button", { name: "Set the limits" }).click();
  await expect(lane.getByRole("alert")).toHaveText("A whole number of 1 or more.");
  await lane.getByLabel("Calls at a time").fill("3");
  await lane.getByRole("button", { name: "Set the limits" }).click();
  await expect(lane).toContainText("changed while running", { timeout: 30_000 });

  await lane.getByRole("button", { name: "Change the limits of openai" }).click();
  await lane.getByRole("button", { name: "Reset to configured" }).click();
  await expect(lane).toContainText("as configured", { timeout: 30_000 });

  // What the page has seen, a page that is opened anew knows as well: the log tells it.
  await page.reload();
  await expect(lane).toContainText(/limit [1-3]–\d+ over/);
  await expect(lane.getByRole("img", { name: /limit from [1-3] to \d+ over/ })).toBeVisible();
});

test("should say when a lane cannot be of any provider", async ({ page }) => {
  await page.goto("/lanes");
  await page.getByRole("button", { name: "Add a lane" }).click();
  await page.getByLabel("Lane", { exact: true }).fill("nobody:model");
  await page.getByRole("button", { name: "Set the limits" }).click();
  await expect(page.getByText("no lane is configured for the provider")).toBeVisible();
});

test("should ask for what it missed while the lanes could not be read", async ({ page }) => {
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().includes("/api/v1/lanes/history")) asked++;
  });
  await page.goto("/lanes");
  await expect(page.getByTestId("lane-openai")).toContainText(/limit .* over/);
  expect(asked).toBe(1);

  await page.route("**/api/v1/lanes", (route) => route.abort());
  const trouble = page.getByText("The lanes cannot be read");
  await expect(trouble).toBeVisible({ timeout: 30_000 });
  expect(asked).toBe(1);

  await page.unroute("**/api/v1/lanes");
  await expect(trouble).toBeHidden({ timeout: 30_000 });
  await expect.poll(() => asked).toBe(2);
});
