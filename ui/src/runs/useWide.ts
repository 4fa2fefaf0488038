import { useSyncExternalStore } from "react";

/** From here on the list has columns; the same width as `lg:` in its classes. */
const WIDE = "(min-width: 64rem)";

function subscribe(listener: () => void): () => void {
  const wide = matchMedia(WIDE);
  wide.addEventListener("change", listener);
  return () => wide.removeEventListener("change", listener);
}

/** Whether the list has columns: what is not drawn in a narrow one is not asked for either. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches);
}
