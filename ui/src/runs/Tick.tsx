import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from "react";

interface TickProps {
  id?: string;
  label: string;
  checked: boolean;
  /** Some, but not all of what it stands for. */
  partly?: boolean;
  testid?: string;
  onChange: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  onPointerDown?: (event: PointerEvent) => void;
}

/** A box to choose a row with; above the link that covers the row, and large enough for a finger. */
export function Tick(props: TickProps) {
  const { id, label, checked, partly = false, testid } = props;
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = partly;
  }, [partly]);
  return (
    <span className="relative z-1 -m-1 inline-flex size-6 shrink-0 items-center justify-center self-start max-lg:self-start lg:self-center">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        data-tick={id}
        data-testid={testid}
        className="size-4 accent-(--accent) before:absolute before:-inset-1 before:content-['']"
        checked={checked}
        onChange={props.onChange}
        onKeyDown={props.onKeyDown}
        onPointerDown={props.onPointerDown}
      />
    </span>
  );
}
