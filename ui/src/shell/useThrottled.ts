import { useEffect, useRef, useState } from "react";

/** The value at most once in so many milliseconds, and not at all while nobody looks. */
export function useThrottled<T>(value: T, ms: number, active = true): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const waiting = useRef(false);
  useEffect(() => {
    latest.current = value;
    if (waiting.current || !active) return;
    waiting.current = true;
    setTimeout(() => {
      waiting.current = false;
      setShown(() => latest.current);
    }, ms);
  }, [value, ms, active]);
  return shown;
}
