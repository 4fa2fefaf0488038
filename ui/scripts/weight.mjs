// What the first load of the built pages weighs over the wire:   node scripts/weight.mjs
// Part of the build: exits with 1 from 400 kB on.
import { PAGES } from "./pages.mjs";
import { BUDGET, firstLoad, total } from "./weight/firstload.mjs";

const files = firstLoad(PAGES);
const sum = total(files);
const kB = (bytes) => `${(bytes / 1_000).toFixed(1)} kB`;
console.log(`First load: ${kB(sum)} of ${kB(BUDGET)} in ${files.length} files.`);
if (sum >= BUDGET) {
  for (const { path, bytes } of files) console.error(`${kB(bytes).padStart(10)}  ${path}`);
  console.error("The first load is too heavy.");
  process.exitCode = 1;
}
