import { useEffect } from "react";
import type { Icon } from "../models/runs.ts";

/** The tab tells what the page tells: title and favicon. */
export function useTabState(title: string, icon: Icon): void {
  useEffect(() => {
    document.title = title === "" ? "ACM2" : `${title} · ACM2`;
    document.getElementById("favicon")?.setAttribute("href", `/icons/${icon}.svg`);
  }, [title, icon]);
}
