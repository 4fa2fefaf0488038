import "./history.css";
import { createContext, use, type MouseEvent, type ReactNode } from "react";
import { hrefOf } from "./search.ts";
import { titleOf, type NumberSource } from "./numbers.ts";

/** Where the figures of a page lead to. */
export interface Figures {
  runId: string;
  onShow: (source: NumberSource) => void;
}

export const FiguresContext = createContext<Figures | null>(null);

interface FigureProps {
  source: NumberSource;
  value: number;
  children: ReactNode;
}

/**
 * A number that leads to the events that made it. A number that is 0 was made by nothing, so it is
 * no link. An anchor and not a router's link: some hundred of them are drawn with each frame.
 */
export function Figure({ source, value, children }: FigureProps) {
  const figures = use(FiguresContext);
  if (figures === null || value === 0) return children;
  const show = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    figures.onShow(source);
  };
  return (
    <a
      href={hrefOf(figures.runId, source)}
      className="figure"
      title={`The events behind this number: ${titleOf(source)}`}
      onClick={show}
    >
      {children}
    </a>
  );
}
