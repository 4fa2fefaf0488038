// How a run page holds while its run moves, in a headless browser:
//   node scripts/live-bench.mjs [calls] [call updates a second]
// Feeds the page through a scripted stream, types into the console's filter meanwhile, and prints long
// tasks, typing latency and frames a second; then what the first load weighs and how long it takes.
// Exits with 1 when a task took more than 100 ms, the first load more than a second, or when it weighs
// 400 kB or more. Not part of the build: the figures are those of one machine.
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build } from "vite";
import { MovingRun } from "./live-bench/run.mjs";
import { serve } from "./live-bench/server.mjs";
import { watch } from "./live-bench/watch.mjs";
import { BUDGET, wireBytes } from "./weight/firstload.mjs";

const calls = Number(process.argv[2] ?? 10_000);
const perSecond = Number(process.argv[3] ?? 1_000);
const LONGEST_TASK_MS = 100;
const FIRST_LOAD_MS = 1_000;
const KEY_MS = 150;
const WORDS = "worker-1 ended openai attempt begins server error 500 document ";

const outDir = fileURLToPath(new URL("../target/live-bench/", import.meta.url));
await build({
  root: fileURLToPath(new URL("../", import.meta.url)),
  logLevel: "error",
  build: { outDir, emptyOutDir: true, sourcemap: Boolean(process.env.PROFILE) },
});
const browser = await chromium.launch({
  executablePath: [process.env.ACM2_CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"]
    .filter(Boolean)
    .find((path) => existsSync(path)),
  env: { ...process.env, HOME: tmpdir() },
  args: ["--no-sandbox", "--disable-gpu"],
});

async function moving() {
  const run = new MovingRun("0198c0de-0000-7000-8000-000000000001", calls, Date.now());
  const server = await serve(outDir, run, perSecond);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watch);
  try {
    await page.goto(`http://127.0.0.1:${server.port}/runs/${run.runId}`);
    const field = page.getByRole("searchbox", { name: "Search the console" });
    await field.scrollIntoViewIfNeeded({ timeout: 60_000 });
    await field.click();
    await page.waitForTimeout(2_000);
    const profile = process.env.PROFILE ? await startProfile(page) : null;
    const from = await page.evaluate(() => globalThis.performance.now());
    server.go();
    for (let key = 0; server.state.sent < run.changes; key++) {
      const text = WORDS[key % WORDS.length];
      if (key % 12 === 11) await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type(text);
      await page.waitForTimeout(KEY_MS);
    }
    await page.waitForFunction(
      (ended) => document.querySelector("[data-testid=stat-queued]")?.value === ended,
      "0",
      { timeout: 30_000 },
    );
    if (profile) await profile();
    return figuresOf(await page.evaluate(() => globalThis.bench), from, await nodesOf(page));
  } finally {
    await page.close();
    server.close();
  }
}

async function startProfile(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Profiler.enable");
  await session.send("Profiler.start");
  return async () => {
    const { profile } = await session.send("Profiler.stop");
    const { writeFileSync } = await import("node:fs");
    writeFileSync(process.env.PROFILE, JSON.stringify(profile));
  };
}

function nodesOf(page) {
  return page.evaluate(() => document.querySelectorAll("*").length);
}

function figuresOf({ longTasks, keys, frames }, from, nodes) {
  const tasks = longTasks.filter(([at]) => at >= from).map(([, ms]) => ms);
  const opening = longTasks.filter(([at]) => at < from).map(([, ms]) => ms);
  const waits = keys.filter(([at]) => at >= from).map(([, ms]) => ms);
  const drawn = frames.filter((at) => at >= from);
  return {
    seconds: rounded((drawn.at(-1) - from) / 1_000),
    "long tasks (over 50 ms)": tasks.length,
    "longest task ms": Math.round(Math.max(0, ...tasks)),
    keys: waits.length,
    "key to frame p50 ms": rounded(quantile(waits, 0.5)),
    "key to frame p95 ms": rounded(quantile(waits, 0.95)),
    "frames a second": rounded(((drawn.length - 1) / (drawn.at(-1) - drawn[0])) * 1_000),
    "elements in the page": nodes,
    "longest task while opening ms": Math.round(Math.max(0, ...opening)),
  };
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function rounded(value) {
  return Math.round(value * 10) / 10;
}

/** A run of the usual size, opened by somebody who has never been here. */
async function firstLoad() {
  const run = new MovingRun("0198c0de-0000-7000-8000-000000000002", 18, Date.now());
  const server = await serve(outDir, run, perSecond);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const paths = new Set();
  page.on("request", (request) => paths.add(new URL(request.url()).pathname));
  try {
    await page.goto(`http://127.0.0.1:${server.port}/runs/${run.runId}`);
    await page.waitForFunction(() => globalThis.bench.shownAt !== null);
    const shownMs = await page.evaluate(() => globalThis.bench.shownAt);
    const [paint] = await page.evaluate(() =>
      globalThis.performance.getEntriesByName("first-contentful-paint"),
    );
    return {
      "first paint ms": Math.round(paint.startTime),
      "run shown ms": Math.round(shownMs),
      ...weights(paths),
    };
  } finally {
    await context.close();
    server.close();
  }
}

/** Kilobytes over the wire of all that the page fetched, with the parts of this page that came later. */
function weights(paths) {
  const sums = { html: 0, js: 0, css: 0, woff2: 0, all: 0 };
  for (const path of paths) {
    const kind = extname(path).slice(1) || "html";
    if (path.startsWith("/api/") || !(kind in sums)) continue;
    const file = kind === "html" ? "/index.html" : path;
    const bytes = wireBytes(file, readFileSync(join(outDir, file)));
    sums[kind] += bytes;
    sums.all += bytes;
  }
  return Object.fromEntries(
    Object.entries(sums).map(([kind, bytes]) => [`${kind} kB`, rounded(bytes / 1_000)]),
  );
}

try {
  const load = await firstLoad();
  const figures = await moving();
  console.log(`${calls.toLocaleString("en-US")} calls, ${perSecond} call updates a second:`);
  console.table(figures);
  console.log("First load of a run of 18 calls:");
  console.table(load);
  if (figures["longest task ms"] > LONGEST_TASK_MS) process.exitCode = 1;
  if (load["run shown ms"] > FIRST_LOAD_MS) process.exitCode = 1;
  if (load["all kB"] >= BUDGET / 1_000) process.exitCode = 1;
} finally {
  await browser.close();
}
