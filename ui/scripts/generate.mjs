// Generates the types of the HTTP API from the gateway's description.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const source = "../gateway/openapi.json";
if (!existsSync(source)) {
  console.error(`${source} does not exist: the types of the API cannot be generated.`);
  process.exit(1);
}
const result = spawnSync(
  process.execPath,
  ["node_modules/openapi-typescript/bin/cli.js", source, "-o", "src/api/schema.d.ts"],
  { stdio: "inherit" },
);
process.exit(result.status ?? 1);
