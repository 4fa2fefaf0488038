import { useLayoutEffect, useRef, type RefObject } from "react";

/**
 * Opens the native dialog while it is mounted. The platform gives the focus trap, the inert
 * background and Escape, without a style element that a strict content security policy forbids.
 */
export function useDialog(): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null);
  // A layout effect, because the dialog must be closed while it is still in the document: only then
  // does the focus go back to where it came from.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return ref;
}
