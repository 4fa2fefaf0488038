import { useEffect, useRef, useState } from "react";

/**
 * The value at most once in so many milliseconds, and not at all while nobody looks. What is new
 * after a pause is shown at once, also when somebody begins to look.
 */
export function useThrottled<T>(value: T, ms: number, active = true): T {
  const [shown, setShown] = useState(value);
  const latest = useRef({ value, active });
  const held = useRef(value);
  const resting = useRef(false);
  useEffect(() => {
    latest.current = { value, active };
    if (!active || resting.current || held.current === value) return;
    const show = () => {
      const { value: next, active: wanted } = latest.current;
      resting.current = wanted && next !== held.current;
      if (!resting.current) return;
      held.current = next;
      setShown(() => next);
      setTimeout(show, ms);
    };
    resting.current = true;
    setTimeout(show, 0);
  }, [value, ms, active]);
  return shown;
}
