import { useEffect, useRef, type RefObject } from "react";
import { panned, timeAt, zoomed, type Range } from "./view.ts";

interface Turning {
  range: Range;
  whole: Range;
  /** How far the names of the rows reach. */
  labels: number;
  width: number;
  onRange: (range: Range) => void;
}

/** A wheel listener of React cannot keep the page from zooming, so this one is the element's own. */
export function useWheel(scroller: RefObject<HTMLElement | null>, turning: Turning): void {
  const latest = useRef(turning);
  useEffect(() => {
    latest.current = turning;
  });
  useEffect(() => {
    const element = scroller.current;
    const turn = (event: WheelEvent) => turned(event, latest.current);
    element?.addEventListener("wheel", turn, { passive: false });
    return () => element?.removeEventListener("wheel", turn);
  }, [scroller]);
}

/** With ctrl it zooms at the pointer, sideways it pans, and else the rows scroll as they do. */
function turned(event: WheelEvent, { range, whole, labels, width, onRange }: Turning): void {
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    const area = (event.currentTarget as Element).getBoundingClientRect();
    const at = timeAt(Math.max(0, event.clientX - area.left - labels), range, width);
    onRange(zoomed(range, Math.exp(-event.deltaY / 300), at, whole));
    return;
  }
  const sidewards = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
  if (sidewards === 0 || Math.abs(sidewards) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
  event.preventDefault();
  onRange(panned(range, (sidewards / width) * (range.to - range.from), whole));
}
