import { useEffect } from "react";

/** Escape, and a press outside of what `inside` selects, close what is open. */
export function useDismiss(isOpen: boolean, inside: string, onClose: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    const onPress = (event: PointerEvent) => {
      if (!(event.target instanceof Element) || event.target.closest(inside) === null) onClose();
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("pointerdown", onPress);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("pointerdown", onPress);
    };
  });
}
