import { expect, test } from "@playwright/test";

test("should estimate the run while the form is filled in", async ({ page }) => {
  await page.goto("/new");
  await expect(page.getByTestId("outlook")).toContainText("likely");
  await page.getByLabel("Cost limit, USD").fill("0.0001");
  await expect(page.getByTestId("over-budget")).toContainText("Over the budget");
  await page.getByLabel("Cost limit, USD").fill("");
  await expect(page.getByTestId("over-budget")).toBeHidden();
});

test("should show what the estimate finds at its field", async ({ page }) => {
  await page.goto("/new");
  await page.getByLabel("Another model, as provider:model").fill("nobody:nothing");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("field-error")).toBeVisible();
});

test("should plan judges, comparisons and combinations", async ({ page }) => {
  await page.goto("/new");
  await page.getByRole("checkbox", { name: "Evaluation" }).press("Space");
  await page.getByLabel("A judge, as provider:model").fill("openai:gpt-5-mini");
  await page.keyboard.press("Enter");
  // 3 documents: 6 generated, 6 scored, 6 pairs of the best 4 in both orders.
  await expect(page.getByTestId("planned-calls")).toHaveText("72");
  await page.getByRole("button", { name: "Edit the criteria" }).click();
  await expect(page.getByLabel("Weight of Factual accuracy")).toHaveValue("15");
  await page.getByRole("button", { name: "Remove Conciseness" }).click();
  await page.getByRole("checkbox", { name: "Combine" }).press("Space");
  await page.getByLabel("A combining model, as provider:model").fill("openai:gpt-5-mini");
  await page.keyboard.press("Enter");
  // And one combined each, compared with both it was made of, in both orders.
  await expect(page.getByTestId("planned-calls")).toHaveText("93");
});
