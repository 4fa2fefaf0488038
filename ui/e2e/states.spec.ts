import { expect } from "@playwright/test";
import type { CallState, Outcome, RunView } from "../src/api/types.ts";
import { inspect } from "./inspect.ts";
import { made, RUN_ID, type MadeRun, type StateOf } from "./made.ts";
import { frame, snapshotOf, STREAM, test } from "./mocked.ts";

/** Pictures of a run in states that a real one is seldom in, or not for long. */

const ORDERS = ["eo-14265.md", "order-school-meals.md", "letting-of-the-quay.md"];

const documents = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => `${name}-${index + 1}.md`);

/** So many of a hundred calls have ended, the next ones are under way, the rest waits. */
function underWay(ended: number, active: number): StateOf {
  return (index, planned) => {
    const place = (index / planned) * 100;
    if (place >= ended + active) return "QUEUED";
    if (place >= ended) return "IN_FLIGHT";
    return index % 23 === 7 ? "FAILED" : "OK";
  };
}

function live(): MadeRun {
  return made({ documents: ORDERS, iterations: 4, stateOf: underWay(60, 20) });
}

test("a live run in its middle, and the question whether to cancel it", async ({
  page,
  openMade,
}) => {
  await openMade(live());
  await expect(page.getByTestId("connection")).toHaveAttribute("data-kind", "live");
  await inspect(page, "run-middle");
  await page.getByTestId("cancel-run").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await inspect(page, "run-cancel", false);
});

test("a run of 10,000 calls", async ({ page, openMade }) => {
  const run = made({
    documents: documents(500, "order"),
    iterations: 5,
    stateOf: underWay(40, 1),
  });
  expect(run.calls).toHaveLength(10_000);
  await openMade(run);
  await expect(page.getByTestId("stat-planned")).toHaveText("10,000");
  await inspect(page, "run-10000");
});

test("a run of a hundred documents with a very long name", async ({ page, openMade }) => {
  const words =
    "Everything that the council has ordered since the spring, by department and street, ";
  await openMade(
    made(
      {
        documents: documents(100, "a-document-with-quite-a-long-name-as-people-give-them-to-files"),
        models: ["openrouter:meta-llama/llama-3.3-70b-instruct-with-a-name-that-is-long-indeed"],
        stateOf: underWay(70, 10),
      },
      { name: `${words.repeat(2)}${"without-a-place-to-break".repeat(4)}` },
    ),
  );
  await expect(page.getByTestId("stat-planned")).toHaveText("100");
  await inspect(page, "run-100-documents");
});

/** What had been done before it ended, and what became of the rest. */
function fiveOkAnd(rest: CallState): StateOf {
  return (index) => (index < 5 ? "OK" : rest);
}

const ENDS: { outcome: Outcome; message: string; stateOf: StateOf }[] = [
  { outcome: "FAILED", message: "No document was written.", stateOf: () => "FAILED" },
  { outcome: "CANCELLED", message: "Asked in the browser.", stateOf: fiveOkAnd("CANCELLED") },
  {
    outcome: "BUDGET_EXHAUSTED",
    message: "The next request might cost more than what is left of $0.25.",
    stateOf: fiveOkAnd("SKIPPED"),
  },
  {
    outcome: "DEADLINE_EXCEEDED",
    message: "The run was not done after 2 hours.",
    stateOf: fiveOkAnd("TIMED_OUT"),
  },
];

for (const { outcome, message, stateOf } of ENDS)
  test(`a run that has ended: ${outcome}`, async ({ page, openMade }) => {
    const ended: Partial<RunView> = {
      status: "FINISHED",
      outcome,
      message,
      phases: [],
      finishedAt: new Date(Date.now() - 60_000).toISOString(),
    };
    await openMade(made({ documents: ORDERS, stateOf }, ended));
    await expect(page.getByTestId("run-message")).toHaveText(message);
    await inspect(page, `run-${outcome.toLowerCase().replaceAll("_", "-")}`);
  });

test("a timeline that is packed, and one that is a table", async ({ page, openMade }) => {
  await openMade(live());
  const timeline = page.getByRole("region", { name: "Timeline", exact: true });
  await timeline.getByRole("button", { name: "Packed" }).click();
  await inspect(page, "timeline-packed");
  await timeline.getByRole("button", { name: "Table", exact: true }).click();
  await expect(page.getByRole("table", { name: "Timeline as a table" })).toBeVisible();
  await inspect(page, "timeline-table");
});

test("a run whose tables do not agree with its log", async ({ page, openMade }) => {
  const { run, calls } = live();
  const [first, second] = calls.map(({ callId }) => callId);
  await page.route("**/verify", (route) =>
    route.fulfill({
      json: {
        runId: RUN_ID,
        ok: false,
        asOf: run.asOf,
        digest: "9c".repeat(32),
        invariants: [
          { id: "I1", ok: false, detail: "48 calls are planned, but the states add up to 47" },
          { id: "I2", ok: true, detail: "" },
        ],
        differences: [
          `call ${first}: state OK in the log, IN_FLIGHT in the table`,
          `call ${second}: costUsd 0.0049 in the log, 0 in the table`,
        ],
        attempts: [],
      },
    }),
  );
  await openMade({ run, calls });
  await page.getByTestId("verify-run").click();
  await expect(page.getByTestId("verified")).toContainText("2 differences");
  await inspect(page, "run-verify-differences");
});

test("a run before anything has come of it", async ({ page }) => {
  await page.route(STREAM, () => undefined);
  await page.goto(`/runs/${RUN_ID}`);
  await expect(page.getByRole("heading", { name: "Run", exact: true })).toBeVisible();
  await inspect(page, "run-arriving");
});

test("a run that was deleted, and one that asks who is there", async ({ page }) => {
  const body = snapshotOf(live()) + frame("gone", { runId: RUN_ID, reason: "DELETED" });
  await page.route(STREAM, (route) => route.fulfill({ contentType: "text/event-stream", body }));
  await page.goto(`/runs/${RUN_ID}`);
  await expect(page.getByTestId("run-deleted")).toBeVisible();
  await inspect(page, "run-deleted");
  await page.unroute(STREAM);
  await page.route(STREAM, (route) => route.fulfill({ status: 401 }));
  await page.reload();
  await expect(page.getByTestId("signed-out")).toBeVisible();
  await inspect(page, "run-signed-out");
});

test("lanes: none, not to be read, and a new one", async ({ page }) => {
  await page.route("**/api/v1/lanes", (route) => route.fulfill({ json: { lanes: [] } }));
  await page.route("**/api/v1/workers", (route) => route.fulfill({ json: { workers: [] } }));
  await page.goto("/lanes");
  await expect(page.getByText("No lane has been heard of yet")).toBeVisible();
  await inspect(page, "lanes-empty");

  const problem = {
    type: "urn:acm2:problem:log-unavailable",
    title: "Not now",
    status: 400,
    detail: "The log cannot be read.",
  };
  const refused = { status: 400, contentType: "application/problem+json", json: problem };
  await page.unrouteAll();
  await page.route("**/api/v1/lanes", (route) => route.fulfill(refused));
  await page.route("**/api/v1/workers", (route) => route.fulfill(refused));
  await page.reload();
  await expect(page.getByText("The lanes cannot be read")).toBeVisible();
  await inspect(page, "lanes-error");

  await page.unrouteAll();
  await page.reload();
  await page.getByRole("button", { name: "Add a lane" }).click();
  await page.getByRole("button", { name: "Set the limits" }).click();
  await expect(page.getByText("A provider, or provider:model.")).toBeVisible();
  await inspect(page, "lanes-add");
});
