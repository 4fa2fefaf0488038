// What a browser has to fetch before it can show a page: index.html, the scripts and styles that it names,
// and the font of the basic letters. Sizes are bytes over the wire: texts gzipped, fonts as they are.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export const BUDGET = 400_000;

const INDEX = "/index.html";

/** What weighs how much, of the built pages in this folder. */
export function firstLoad(folder) {
  const text = (path) => readFileSync(join(folder, path), "utf8");
  const named = filesNamedBy(text(INDEX));
  const fonts = named
    .filter((path) => path.endsWith(".css"))
    .flatMap((path) => fontsOf(text(path)));
  return [INDEX, ...named, ...new Set(fonts)].map((path) => ({
    path,
    bytes: wireBytes(path, readFileSync(join(folder, path))),
  }));
}

export function total(files) {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function wireBytes(path, content) {
  return path.endsWith(".woff2") ? content.length : gzipSync(content).length;
}

/** Scripts, preloaded modules and style sheets, in the order of the page. */
export function filesNamedBy(html) {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return tags.flatMap((tag) => {
    const address = /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1];
    const rel = /\brel="([^"]+)"/.exec(tag)?.[1];
    const wanted = tag.startsWith("<script") || rel === "modulepreload" || rel === "stylesheet";
    return wanted && address !== undefined ? [address] : [];
  });
}

/** A browser fetches a font when a letter of its range is shown. */
export function fontsOf(css) {
  const faces = css.match(/@font-face\s*{[^}]*}/g) ?? [];
  return faces.filter(hasBasicLetters).flatMap((face) => {
    const address = /url\(["']?([^"')]+\.woff2)["']?\)/.exec(face)?.[1];
    return address === undefined ? [] : [address];
  });
}

function hasBasicLetters(face) {
  const ranges = /unicode-range:([^;}]+)/.exec(face)?.[1];
  return ranges === undefined || ranges.split(",").some((range) => covers(range.trim(), 0x41));
}

/** `U+41`, `U+0-FF` or `U+4??`. */
function covers(range, letter) {
  const [first, last = first] = range.replace(/^u\+/i, "").split("-");
  const from = parseInt(first.replaceAll("?", "0"), 16);
  return from <= letter && letter <= parseInt(last.replaceAll("?", "f"), 16);
}
