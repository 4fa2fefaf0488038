import assert from "node:assert/strict";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { filesNamedBy, firstLoad, fontsOf, total } from "./firstload.mjs";

const PAGE = `<!doctype html><link rel="icon" href="/icons/idle.svg" /><script src="/theme.js"></script>
<script type="module" crossorigin src="/assets/index.js"></script>
<link rel="modulepreload" crossorigin href="/assets/ui.js"><link rel="stylesheet" href="/assets/index.css">`;
const STYLES = `@font-face{font-family:A;src:url(/assets/latin.woff2) format("woff2");unicode-range:U+0-FF,U+131}
@font-face{font-family:A;src:url("/assets/greek.woff2");unicode-range:U+370-377}`;

test("should name what the page fetches before it can be shown", () => {
  assert.deepEqual(filesNamedBy(PAGE), [
    "/theme.js",
    "/assets/index.js",
    "/assets/ui.js",
    "/assets/index.css",
  ]);
});

test("should count the fonts of the basic letters alone", () => {
  assert.deepEqual(fontsOf(STYLES), ["/assets/latin.woff2"]);
  assert.deepEqual(fontsOf("@font-face{src:url('a.woff2')}"), ["a.woff2"]);
  assert.deepEqual(fontsOf("@font-face{src:url(a.woff2);unicode-range:U+4?}"), ["a.woff2"]);
});

test("should weigh texts as they are sent, and fonts as they are", () => {
  const folder = mkdtempSync(join(tmpdir(), "first-load-"));
  try {
    mkdirSync(join(folder, "assets"));
    const files = {
      "/index.html": PAGE,
      "/theme.js": "1;",
      "/assets/index.js": "x".repeat(10_000),
      "/assets/ui.js": "y",
      "/assets/index.css": STYLES,
      "/assets/latin.woff2": "f".repeat(5_000),
      "/assets/greek.woff2": "g".repeat(5_000),
    };
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    const load = firstLoad(folder);
    const expected = ["/index.html", "/theme.js", "/assets/index.js", "/assets/ui.js"]
      .concat("/assets/index.css")
      .reduce((sum, path) => sum + gzipSync(files[path]).length, 5_000);
    assert.equal(load.length, 6);
    assert.equal(total(load), expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
