// Writes a .gz beside every text of the built pages that becomes smaller by it; the gateway serves it to
// whoever takes it. Equal pages give equal bytes.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { PAGES } from "./pages.mjs";

const TEXTS = new Set([".css", ".html", ".js", ".json", ".svg"]);
/** Smaller ones go in one packet as they are. */
const SMALLEST = 1_000;

for (const name of readdirSync(PAGES, { recursive: true })) {
  const path = join(PAGES, name);
  if (!TEXTS.has(extname(name)) || statSync(path).size < SMALLEST) continue;
  const plain = readFileSync(path);
  const packed = gzipSync(plain, { level: 9 });
  if (packed.length < plain.length) writeFileSync(`${path}.gz`, packed);
}
