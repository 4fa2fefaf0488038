import { expect, type Locator, type Page } from "@playwright/test";
import type { CallView, RunView } from "../src/api/types.ts";
import { count, money, sentence } from "../src/models/format.ts";
import { numbersOf, numbersOn } from "./screen.ts";
import { callsOf, requestsFor, runOf } from "./stack.ts";

/** The page against the gateway, and the gateway against the provider's own ledger: row for row. */

export async function expectNumbersToEqualGateway(page: Page, runId: string): Promise<void> {
  await expect(async () => {
    const run = await runOf(runId);
    expect(await numbersOn(page)).toEqual(numbersOf(run));
    await expectMoney(page, run);
  }).toPass({ timeout: 15_000 });
}

async function expectMoney(page: Page, { stats }: RunView): Promise<void> {
  for (const [testId, usd] of [
    ["run-cost", stats.costUsd],
    ["run-reserved", stats.reservedUsd],
  ] as const) {
    const shown = page.getByTestId(testId);
    expect(await shown.getAttribute("value"), testId).toBe(String(usd));
    expect(await shown.textContent(), testId).toBe(money(usd));
  }
}

/** Of a run that has ended: its numbers, each call, each worker, the errors, and each call's requests. */
export async function expectEndToBeTrue(page: Page, runId: string): Promise<void> {
  await expectNumbersToEqualGateway(page, runId);
  const calls = await callsOf(runId);
  expect(calls).toHaveLength((await runOf(runId)).stats.planned);
  // What is drawn once a second comes to the end of the run a moment after it.
  await expect(async () => {
    expect(await finishedOn(page)).toEqual(calls.map(finishedRow).sort());
    expect(await workersOn(page)).toEqual(workersOf(calls));
    expect(await failuresOn(page)).toEqual(failuresOf(calls));
  }).toPass({ timeout: 15_000 });
  const attempts = new Map(calls.map((call) => [call.callId, call.attempts]));
  expect(await requestsFor(calls), "requests that the provider has seen").toEqual(attempts);
}

/** Each finished call as "state|call|attempts|tokens|cost|error", from the first row to the last. */
async function finishedOn(page: Page): Promise<string[]> {
  const rows = await rowsThrough(page.getByRole("table", { name: "Finished calls" }));
  return rows.sort();
}

/** A list that draws only what is in view is scrolled from its top to its bottom. */
function rowsThrough(table: Locator): Promise<string[]> {
  return table.evaluate(async (box) => {
    const drawn = () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const columns = [...box.querySelectorAll('[role="columnheader"]')].map(
      (head) => head.textContent,
    );
    const read = (row: Element) => {
      const cells = [...row.querySelectorAll('[role="cell"]')];
      const cell = (name: string) => cells[columns.indexOf(name)];
      const error = cell("Last error")?.querySelector("[data-testid]")?.getAttribute("data-testid");
      return [
        cell("State")?.textContent,
        /^.*iteration \d+/.exec(cell("Call")?.querySelector("button")?.textContent ?? "")?.[0],
        /\d+/.exec(cell("Attempts")?.textContent ?? "")?.[0],
        cell("Tokens in / out")?.textContent,
        cell("Cost")?.textContent,
        error ?? "no error",
      ].join("|");
    };
    const rows = new Map<string, string>();
    const last = box.scrollHeight - box.clientHeight;
    for (let top = 0; top < last + box.clientHeight / 2; top += box.clientHeight / 2) {
      box.scrollTop = top;
      await drawn();
      for (const row of box.querySelectorAll('[role="row"][data-index]'))
        rows.set(row.getAttribute("data-index") ?? "", read(row));
    }
    box.scrollTop = 0;
    return [...rows.values()];
  });
}

function finishedRow(call: CallView): string {
  const { state, document, model, iteration, attempts, usage, costUsd, lastError, retries } = call;
  const mended = retries.length > 0 ? "recovered-error" : "no error";
  return [
    sentence(state),
    `${document}, ${model}, iteration ${iteration}`,
    attempts,
    `${count(usage.inputTokens)} / ${count(usage.outputTokens)}`,
    money(costUsd),
    lastError?.active === true ? "active-error" : mended,
  ].join("|");
}

type Rows = Record<string, Record<string, string>>;

const WORKER: Record<string, (calls: CallView[]) => string> = {
  "In flight": (calls) => count(inState(calls, "IN_FLIGHT")),
  Ok: (calls) => count(inState(calls, "OK")),
  Failed: (calls) => count(inState(calls, "FAILED")),
  "Timed out": (calls) => count(inState(calls, "TIMED_OUT")),
  Cancelled: (calls) => count(inState(calls, "CANCELLED")),
  Retries: (calls) => count(total(calls, (call) => call.retries.length)),
  "Tokens out": (calls) => count(total(calls, (call) => call.usage.outputTokens)),
  Cost: (calls) => money(total(calls, (call) => call.costUsd)),
};

function workersOf(calls: CallView[]): Rows {
  const workers = new Set(calls.map((call) => call.workerId).filter((id) => id !== null));
  return Object.fromEntries(
    [...workers].map((worker) => {
      const own = calls.filter((call) => call.workerId === worker);
      const cells = Object.entries(WORKER).map(([name, of]) => [name, of(own)]);
      return [worker, Object.fromEntries(cells) as Record<string, string>];
    }),
  );
}

function inState(calls: CallView[], state: CallView["state"]): number {
  return calls.filter((call) => call.state === state).length;
}

function total(calls: CallView[], of: (call: CallView) => number): number {
  return calls.reduce((sum, call) => sum + of(call), 0);
}

function workersOn(page: Page): Promise<Rows> {
  return page.getByTestId("by-worker").evaluate((table, wanted) => {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent);
    const rows: Rows = {};
    for (const row of table.querySelectorAll("tbody tr"))
      rows[row.querySelector("th")?.title ?? ""] = Object.fromEntries(
        wanted.map((name) => [name, row.children[heads.indexOf(name)]?.textContent ?? ""]),
      );
    return rows;
  }, Object.keys(WORKER));
}

interface FailureCount {
  times: number;
  active: number;
  retried: number;
}

/** By kind; of an ended run each failed attempt was retried, or is the last one of its call. */
function failuresOf(calls: CallView[]): Record<string, FailureCount> {
  const counts: Record<string, FailureCount> = {};
  const add = (kind: string, active: number) => {
    const before = counts[kind] ?? { times: 0, active: 0, retried: 0 };
    counts[kind] = {
      times: before.times + 1,
      active: before.active + active,
      retried: before.retried + 1 - active,
    };
  };
  for (const { retries, lastError } of calls) {
    for (const { cause } of retries) add(cause, 0);
    if (lastError?.active === true) add(lastError.kind, 1);
  }
  return counts;
}

function failuresOn(page: Page): Promise<Record<string, FailureCount>> {
  return page.locator('[data-testid^="failure-"]').evaluateAll((groups) => {
    const counts: Record<string, FailureCount> = {};
    for (const group of groups) {
      const kind = group.getAttribute("data-testid")?.replace("failure-", "") ?? "";
      const told = (number: string) => {
        const figure = group.querySelector(`a[href*="number=${number}"]`);
        return Number(/[\d,]+/.exec(figure?.textContent ?? "0")?.[0].replaceAll(",", ""));
      };
      const before = counts[kind] ?? { times: 0, active: 0, retried: 0 };
      counts[kind] = {
        times: before.times + told("failures"),
        active: before.active + told("standing"),
        retried: before.retried + told("mended"),
      };
    }
    return counts;
  });
}
