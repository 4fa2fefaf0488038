import { useLayoutEffect, useRef, type ReactNode } from "react";
import { placed } from "./place.ts";
import "./popover.css";

interface PopoverProps {
  id: string;
  anchor: HTMLElement;
  children: ReactNode;
  /** "tooltip" holds text alone; a menu of links is a group with a name. */
  role: "tooltip" | "group";
  label?: string;
  className?: string;
  onPointerEnter?: () => void;
  onPointerLeave?: () => void;
}

/** In the top layer, so that no box cuts it off; it stays beside its anchor while things scroll. */
export function Popover({ anchor, className = "", label, children, ...rest }: PopoverProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null) return;
    if (!box.matches(":popover-open")) box.showPopover();
    const place = () => {
      const screen = { width: document.documentElement.clientWidth, height: window.innerHeight };
      const { left, top } = placed(
        anchor.getBoundingClientRect(),
        box.getBoundingClientRect(),
        screen,
      );
      box.style.left = `${left}px`;
      box.style.top = `${top}px`;
    };
    place();
    window.addEventListener("scroll", place, true);
    window.addEventListener("resize", place);
    return () => {
      window.removeEventListener("scroll", place, true);
      window.removeEventListener("resize", place);
    };
  });
  return (
    <div
      ref={ref}
      popover="manual"
      aria-label={label}
      className={`floating ${className}`}
      {...rest}
    >
      {children}
    </div>
  );
}
