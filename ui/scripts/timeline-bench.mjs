// Frames a second of the timeline while it is panned by dragging, with 100,000 calls, in a headless
// browser:   node scripts/timeline-bench.mjs [calls]
// Exits with 1 below 50 frames a second. Not part of the build: the figure is one of this machine.
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { build, preview } from "vite";

const calls = Number(process.argv[2] ?? 100_000);
const BAR = 50;
const SECONDS = 4;

const root = fileURLToPath(new URL("timeline-bench/", import.meta.url));
const outDir = fileURLToPath(new URL("../target/timeline-bench/", import.meta.url));
const config = {
  root,
  configFile: false,
  logLevel: "error",
  plugins: [react(), tailwindcss()],
  build: { outDir, emptyOutDir: true, target: "es2023" },
  preview: { port: 0, host: "127.0.0.1" },
};
await build(config);
const server = await preview(config);
const executablePath = [process.env.ACM2_CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"]
  .filter(Boolean)
  .find((path) => existsSync(path));
const browser = await chromium.launch({
  executablePath,
  env: { ...process.env, HOME: tmpdir() },
  args: ["--no-sandbox", "--disable-gpu"],
});
const results = [];
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const { port } = server.httpServer.address();
  await page.goto(`http://127.0.0.1:${port}/?calls=${calls}`);
  await page.waitForSelector("[data-testid=timeline-bar]", { timeout: 60_000 });
  const { height } = await page.getByTestId("timeline-rows").boundingBox();
  if (height > 900) throw new Error(`the rows are ${height} px high: the styles are missing`);
  for (const shape of ["Packed", "A row a call"]) {
    await page.getByRole("button", { name: shape, exact: true }).click();
    for (const zooms of [0, 4, 12]) {
      await page.getByRole("button", { name: "Whole run" }).click();
      for (let times = 0; times < zooms; times++)
        await page.getByRole("button", { name: "Zoom in" }).click();
      results.push({ shape, zooms, ...(await panned(page)) });
    }
  }
} finally {
  await browser.close();
  await server.close();
}

/** Drags to and fro, sideways and down, and counts the frames that the page drew meanwhile. */
async function panned(page) {
  const box = await page.getByTestId("timeline-rows").boundingBox();
  const [x, y] = [box.x + box.width * 0.6, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const times = [];
    const frame = (at) => {
      times.push(at);
      globalThis.benchFrame = globalThis.requestAnimationFrame(frame);
    };
    globalThis.benchTimes = times;
    globalThis.requestAnimationFrame(frame);
  });
  const until = globalThis.performance.now() + SECONDS * 1_000;
  for (let step = 0; globalThis.performance.now() < until; step++)
    await page.mouse.move(x + Math.sin(step / 12) * 300, y + Math.cos(step / 9) * 120);
  await page.mouse.up();
  return page.evaluate(() => {
    globalThis.cancelAnimationFrame(globalThis.benchFrame);
    const times = globalThis.benchTimes;
    const gaps = times.slice(1).map((at, index) => at - times[index]);
    gaps.sort((a, b) => a - b);
    return {
      fps: Math.round(((times.length - 1) / (times.at(-1) - times[0])) * 10_000) / 10,
      worstMs: Math.round(gaps.at(-1)),
      p95Ms: Math.round(gaps[Math.floor(gaps.length * 0.95)] * 10) / 10,
    };
  });
}

console.log(`${calls.toLocaleString("en-US")} calls, frames a second while panning:`);
console.table(results);
if (results.some(({ fps }) => fps < BAR)) process.exitCode = 1;
