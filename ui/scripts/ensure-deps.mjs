// Installs the locked dependencies, but only when the lock file is newer than what is installed.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The UI needs Node 20.19 or newer; found ${process.version}.`);
  process.exit(1);
}

const installed = "node_modules/.package-lock.json";
const fresh =
  existsSync(installed) && statSync(installed).mtimeMs >= statSync("package-lock.json").mtimeMs;
if (!fresh) {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci"], { stdio: "inherit" });
  if (result.error) console.error(`npm ci could not be started: ${result.error.message}`);
  process.exit(result.status ?? 1);
}
