import { useSyncExternalStore } from "react";
import { LEGEND, KINDS } from "./kinds.ts";
import type { Span } from "./spans.ts";

/** The theme's tokens as a canvas can use them. */
export interface Palette {
  kinds: Record<Span["kind"], string>;
  ink: string;
  ink2: string;
  line: string;
  surface: string;
  heading: string;
  hover: string;
  accent: string;
  active: string;
  failed: string;
}

/** The colours now; a change of the theme, here or in the system, draws anew. */
export function usePalette(): Palette {
  return useSyncExternalStore(subscribe, current);
}

let held: { key: string; palette: Palette } | null = null;

/** The same object as long as nothing has changed. */
function current(): Palette {
  const style = getComputedStyle(document.documentElement);
  const key = `${style.colorScheme} ${style.getPropertyValue("--surface")}`;
  if (held?.key !== key) held = { key, palette: read(style) };
  return held.palette;
}

function read(style: CSSStyleDeclaration): Palette {
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    kinds: Object.fromEntries(LEGEND.map((kind) => [kind, token(KINDS[kind].token)])) as Record<
      Span["kind"],
      string
    >,
    ink: token("--ink"),
    ink2: token("--ink-2"),
    line: token("--line"),
    surface: token("--surface"),
    heading: token("--canvas"),
    hover: token("--hover"),
    accent: token("--accent-line"),
    active: token("--in-flight-solid"),
    failed: token("--failed-solid"),
  };
}

function subscribe(listener: () => void): () => void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const theme = new MutationObserver(listener);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  scheme.addEventListener("change", listener);
  return () => {
    theme.disconnect();
    scheme.removeEventListener("change", listener);
  };
}
