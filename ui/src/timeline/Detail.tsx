import { duration } from "../models/format.ts";
import { stateLabel } from "../run/CallCells.tsx";
import { INK } from "../shell/ui.tsx";
import { isOver } from "./describe.ts";
import { spanText, toldSpans } from "./kinds.ts";
import type { Bar } from "./layout.ts";
import { workerOf } from "./releases.ts";
import { piecesOf } from "./spans.ts";
import { Swatch } from "./Swatch.tsx";

interface DetailProps {
  bar: Bar;
  now: number;
  /** Where the bar is in the chart, and how large the chart is. */
  x: number;
  y: number;
  row: number;
  width: number;
  height: number;
}

/** So many pieces of a call are shown; a call of a hundred attempts must not cover the chart. */
const MOST = 7;

/** What a bar means, beside it; the same words are told to a screen reader elsewhere. */
export function Detail({ bar, now, x, y, row, width, height }: DetailProps) {
  const { call, from, to } = bar;
  const spans = toldSpans(piecesOf(bar, now));
  const worker = workerOf(bar);
  const hidden = Math.max(0, spans.length - MOST);
  const { text, tone } = stateLabel(call.state);
  const below = y < height / 2;
  const left = Math.max(8, Math.min(x - 24, width - 308));
  return (
    <div
      aria-hidden="true"
      data-testid="timeline-detail"
      className="pointer-events-none absolute z-10 w-75 max-w-[calc(100%-1rem)] rounded-lg border border-line bg-surface px-3 py-2.5 text-xs shadow-raised"
      style={below ? { left, top: y + row + 4 } : { left, bottom: height - y + 4 }}
    >
      <p className="truncate font-medium">{call.document ?? "Unknown document"}</p>
      <p className="truncate font-mono text-2xs text-ink-2">
        {`${call.model ?? "unknown model"} · #${call.iteration}`}
      </p>
      <p className="mt-1 tabular">
        {isOver(bar) ? (
          <span className="font-medium">{`Epoch ${bar.epoch} of ${call.epoch}`}</span>
        ) : (
          <span className={`font-medium ${INK[tone]}`}>{text}</span>
        )}
        <span className="text-ink-2">
          {` · ${duration(Math.min(to, now) - from)}${worker === null ? "" : ` · ${worker}`}`}
        </span>
      </p>
      <ul className="mt-1.5 flex flex-col gap-0.5 border-t border-line pt-1.5">
        {hidden > 0 && <li className="text-ink-2">{`${hidden} pieces before`}</li>}
        {spans.slice(hidden).map((span) => (
          <li key={`${span.kind} ${span.from}`} className="flex items-center gap-2">
            <Swatch kind={span.kind} />
            <span className="min-w-0 flex-1 truncate">{spanText(span)}</span>
            <span className="text-ink-2 tabular">{duration(span.to - span.from)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
