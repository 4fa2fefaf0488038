import { useCallback, useRef } from "react";

/** Does the latest work at the next frame: a mouse tells of itself more often than one can see. */
export function useFrame(): (work: () => void) => void {
  const latest = useRef<(() => void) | null>(null);
  return useCallback((work) => {
    if (latest.current === null)
      requestAnimationFrame(() => {
        const todo = latest.current;
        latest.current = null;
        todo?.();
      });
    latest.current = work;
  }, []);
}
