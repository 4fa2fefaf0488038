import { fileURLToPath } from "node:url";

/** The folder of the built pages, as vite.config.ts has it. */
export const PAGES = fileURLToPath(
  new URL("../target/classes/META-INF/resources/", import.meta.url),
);
