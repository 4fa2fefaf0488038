import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { inspect } from "./inspect.ts";
import { startSample, waitForEnd } from "./screen.ts";

/** Settings, presets and files of a run, and the notification at its end. */

function unique(name: string): string {
  return `${name} ${Date.now().toString(36)}`;
}

async function saveAs(page: Page, name: string): Promise<void> {
  await page.getByTestId("save-preset-as").click();
  await page.getByTestId("preset-name").fill(name);
  await page.getByTestId("confirm-name").click();
}

const nameOfRun = (page: Page) => page.getByLabel("Name", { exact: true });

test("should keep a form as versions and load each of them", async ({ page }) => {
  const preset = unique("preset");
  await page.goto("/new");
  await nameOfRun(page).fill("First");
  await saveAs(page, preset);
  await expect(page.getByTestId("preset-standing")).toContainText(`${preset}, version 1`);
  await expect(page.getByTestId("save-preset")).toHaveAttribute("aria-disabled", "true");
  await nameOfRun(page).fill("Second");
  await expect(page.getByTestId("preset-standing")).toContainText("changed since then");
  await page.getByTestId("save-preset").click();
  await expect(page.getByTestId("preset-standing")).toContainText("version 2");

  await page.getByTestId("preset-versions").click();
  await page.getByRole("button", { name: "Load version 1" }).click();
  await expect(nameOfRun(page)).toHaveValue("First");
  await inspect(page, "new-preset");
  await page.reload();
  await page.getByTestId("preset").selectOption(preset);
  await expect(nameOfRun(page)).toHaveValue("Second");

  await page.getByTestId("duplicate-preset").click();
  await expect(page.getByTestId("preset-name")).toHaveValue(`${preset}-2`);
  await page.getByTestId("confirm-name").click();
  await expect(page.getByTestId("preset-standing")).toContainText(`${preset}-2, version 1`);
  await page.getByTestId("delete-preset").click();
  await page.getByTestId("confirm-delete-preset").click();
  await expect(page.getByTestId("preset-told")).toContainText("is deleted");
  await expect(page.getByTestId("preset").locator("option")).not.toContainText([`${preset}-2`]);
});

test("should offer both ways when a preset was changed meanwhile", async ({ context }) => {
  const preset = unique("contested");
  const [mine, theirs] = [await context.newPage(), await context.newPage()];
  await mine.goto("/new");
  await saveAs(mine, preset);
  await expect(mine.getByTestId("preset-standing")).toContainText("version 1");
  await theirs.goto("/new");
  await theirs.getByTestId("preset").selectOption(preset);
  await nameOfRun(theirs).fill("Theirs");
  await theirs.getByTestId("save-preset").click();
  await expect(theirs.getByTestId("preset-standing")).toContainText("version 2");

  await nameOfRun(mine).fill("Mine");
  await mine.getByTestId("save-preset").click();
  await expect(mine.getByTestId("conflict-dialog")).toContainText("was changed meanwhile");
  await inspect(mine, "new-conflict", false);
  await mine.getByTestId("rename-preset").click();
  await expect(mine.getByTestId("preset-standing")).toContainText(`${preset}-2, version 1`);

  await saveAs(mine, preset);
  await expect(mine.getByTestId("conflict-dialog")).toContainText("There is a preset");
  await mine.getByTestId("overwrite-preset").click();
  await expect(mine.getByTestId("preset-standing")).toContainText(`${preset}, version 3`);
});

test("should write a file and read it again, the unset values unset", async ({ page }) => {
  await page.goto("/new");
  await nameOfRun(page).fill("Über: a run, as a file");
  await page.getByLabel("Iterations of openai:gpt-5.1").fill("");
  const download = page.waitForEvent("download");
  await page.getByTestId("export-yaml").click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("über-a-run-as-a-file.yaml");
  const yaml = await readFile(await file.path(), "utf8");
  expect(yaml).toContain("model: openai:gpt-5.1");
  expect(yaml).not.toContain("limits");
  expect(yaml.match(/iterations: 2/g)).toHaveLength(2);

  await page.reload();
  await page
    .getByTestId("import-yaml")
    .setInputFiles({ name: "run.yaml", mimeType: "text/yaml", buffer: Buffer.from(yaml) });
  await expect(nameOfRun(page)).toHaveValue("Über: a run, as a file");
  await expect(page.getByLabel("Iterations of openai:gpt-5.1")).toHaveValue("");
  await expect(page.getByTestId("planned-calls")).toHaveText("15");

  await page.getByTestId("import-yaml").setInputFiles({
    name: "wrong.yaml",
    mimeType: "text/yaml",
    buffer: Buffer.from("nam: a"),
  });
  await expect(page.getByTestId("preset-told")).toHaveText(
    "wrong.yaml was not loaded: nam: there is no such field.",
  );
  await page.getByTestId("import-yaml").setInputFiles({
    name: "old.yaml",
    mimeType: "text/yaml",
    buffer: Buffer.from(
      "documents: [{path: a.md}]\ngeneration: {models: [{model: nobody:gone}]}\n",
    ),
  });
  await expect(page.getByTestId("preset-told")).toContainText("a.md: add this document yourself");
  await expect(page.getByTestId("unknown-models")).toContainText("nobody:gone");
  await expect(page.getByLabel("Grounding of nobody:gone")).toHaveValue("");
});

test("should take dropped files, and stay usable with a hundred of them", async ({ page }) => {
  await page.goto("/new");
  await expect(page.getByTestId("planned-calls")).toHaveText("18");
  const files = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    for (let n = 1; n <= 100; n++)
      data.items.add(new File([`# ${n}\n`], `document-${n}.md`, { type: "text/markdown" }));
    data.items.add(new File([new Uint8Array([0xff, 0xfe])], "picture.png"));
    return data;
  });
  await page.getByTestId("documents").dispatchEvent("drop", { dataTransfer: files });
  await expect(page.getByRole("heading", { name: /^Documents \(103\)/ })).toBeVisible();
  await expect(page.getByText("Not read, because it is not UTF-8 text: picture.png")).toBeVisible();
  await page.getByLabel("Search documents by name").fill("document-77");
  await expect(page.getByTestId("documents").getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Text of document-77.md" }).click();
  await expect(page.getByRole("textbox", { name: "Text of document-77.md" })).toHaveValue("# 77\n");
  await page.getByLabel("Search documents by name").fill("");
  await inspect(page, "new-100-documents");
  await page.getByRole("button", { name: "Remove all" }).click();
  await expect(page.getByRole("heading", { name: /^Documents \(0\)/ })).toBeVisible();
});

test("should show what stands on the other side of the page", async ({ page }) => {
  await page.goto("/");
  await page.getByTestId("settings-link").click();
  await expect(page.getByTestId("providers")).toContainText("openai");
  await expect(page.getByTestId("health")).toContainText("Event log");
  await expect(page.getByTestId("health")).toContainText("fpf-worker");
  await expect(page.getByTestId("versions-table")).toContainText("This page");
  const prices = page.getByTestId("catalogue");
  await expect(prices).toContainText("openai:gpt-5.1");
  await expect(prices).toContainText("$1.25");
  await page.getByLabel("Search models").fill("gpt-5-mini");
  await expect(prices.getByRole("row")).toHaveCount(2);
  await page.getByRole("radio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("radio", { name: "As the system" }).click();
  await inspect(page, "settings");
});

test("should mark builds that differ and list the quarantine", async ({ page }) => {
  const at = "2026-01-01T10:00:00Z";
  const seen = new Date().toISOString();
  await page.route("**/api/v1/version", (route) =>
    route.fulfill({
      json: {
        buildId: "abc123",
        generation: 2,
        services: [{ service: "fpf-worker", instance: "w", buildId: "old999", lastSeenAt: seen }],
      },
    }),
  );
  const error = `Unrecognized token ${"at_a_very_long_place_".repeat(9)}`;
  await page.route("**/api/v1/quarantine", (route) =>
    route.fulfill({
      json: {
        count: 2,
        items: [{ topic: "acm2.events", partition: 3, offset: 41_250, error, at }],
      },
    }),
  );
  await page.route("**/api/v1/providers", (route) =>
    route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      json: {
        type: "urn:acm2:problem:forbidden",
        title: "No",
        status: 403,
        detail: "Not for you.",
      },
    }),
  );
  await page.goto("/settings");
  await expect(
    page.getByTestId("versions-table").locator('tr[data-differs="true"]').first(),
  ).toContainText("Differs");
  await expect(page.getByTestId("build-warning")).toContainText("fpf-worker");
  await expect(page.getByTestId("quarantine")).toContainText("acm2.events");
  await expect(page.getByTestId("quarantine")).toContainText("41,250");
  await expect(page.getByText("The newest 1 of 2 records.")).toBeVisible();
  await expect(page.getByText("This cannot be read: Not for you.")).toBeVisible();
  await inspect(page, "settings-trouble");
});

test("should notify at the end of a run, only when asked for and not looked at", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["notifications"]);
  await page.addInitScript(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    const Fake = function (title: string) {
      shown.push(title);
    };
    // What the browser says of its permission stays its own word.
    Object.defineProperties(Fake, Object.getOwnPropertyDescriptors({ permission: "granted" }));
    Object.defineProperty(window, "Notification", { value: Fake });
  });
  const shown = () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  const hide = () =>
    page.evaluate(() => Object.defineProperty(document, "hidden", { get: () => true }));

  await startSample(page, "Sample that nobody asked about");
  await hide();
  await waitForEnd(page);
  expect(await shown()).toEqual([]);

  await page.goto("/settings");
  await expect(page.getByTestId("notices")).toContainText("Off.");
  await page.getByTestId("toggle-notices").click();
  await expect(page.getByTestId("notices")).toContainText("On,");

  await startSample(page, "Sample that is looked at");
  await waitForEnd(page);
  expect(await shown()).toEqual([]);

  await startSample(page, "Sample in the background");
  await hide();
  await waitForEnd(page);
  await expect.poll(shown).toEqual(["Completed: Sample in the background"]);
  await page.reload();
  await expect(page.getByTestId("run-status")).toBeVisible();
  expect(await shown()).toEqual([]);
});
