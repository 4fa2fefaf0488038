import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const candidates = [
  process.env.ACM2_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].filter((path) => path !== undefined);

const executablePath = candidates.find((path) => existsSync(path));
if (executablePath === undefined) {
  throw new Error(`No Chromium found (looked at ${candidates.join(", ")}). Set ACM2_CHROMIUM.`);
}

const baseURL = process.env.ACM2_BASE_URL;
if (baseURL === undefined) throw new Error("Set ACM2_BASE_URL to the address of the gateway.");

export default defineConfig({
  testDir: ".",
  outputDir: fileURLToPath(new URL("../target/e2e", import.meta.url)),
  // Runs share one provider and its ledger, so they go one after the other.
  workers: 1,
  // Still one after the other; but a part of the tests (--shard) is then cut between two tests, not files.
  fullyParallel: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL,
    viewport: { width: 1440, height: 900 },
    // Pictures of every moment and moving parts cost more than the tests themselves.
    trace: { mode: "retain-on-failure", screenshots: false },
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath,
      env: { ...process.env, HOME: tmpdir() },
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
