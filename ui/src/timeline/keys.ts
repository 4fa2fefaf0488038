import type { KeyboardEvent } from "react";
import type { Row } from "./layout.ts";
import { firstPlace, lastPlace, sideways, upOrDown } from "./moves.ts";
import type { Place } from "./visible.ts";

interface Keys {
  rows: readonly Row[];
  place: Place | null;
  goTo: (place: Place | null) => void;
  zoom: (factor: number) => void;
  /** By a share of what is in view. */
  pan: (share: number) => void;
  all: () => void;
}

/** Whether the key meant something here. */
export function keyed(event: KeyboardEvent, { rows, place, goTo, zoom, pan, all }: Keys): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || place === null) return false;
  switch (event.key) {
    case "ArrowUp":
      goTo(upOrDown(rows, place, -1));
      return true;
    case "ArrowDown":
      goTo(upOrDown(rows, place, 1));
      return true;
    case "PageUp":
      goTo(upOrDown(rows, place, -10));
      return true;
    case "PageDown":
      goTo(upOrDown(rows, place, 10));
      return true;
    case "Home":
      goTo(firstPlace(rows));
      return true;
    case "End":
      goTo(lastPlace(rows));
      return true;
    case "ArrowLeft":
    case "ArrowRight": {
      const step = event.key === "ArrowLeft" ? -1 : 1;
      const next = event.shiftKey ? null : sideways(rows, place, step);
      if (next === null) pan(step * 0.2);
      else goTo(next);
      return true;
    }
    case "+":
    case "=":
      zoom(1.6);
      return true;
    case "-":
      zoom(1 / 1.6);
      return true;
    case "0":
      all();
      return true;
    default:
      return false;
  }
}
