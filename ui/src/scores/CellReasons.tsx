import { markText, scoreText, type Cell, type Heatmap, type HeatRow } from "./heatmap.ts";

interface CellReasonsProps {
  row: HeatRow;
  cell: Cell;
  judges: Heatmap["judges"];
}

/** Why each judge gave what it gave, iteration by iteration. */
export function CellReasons({ row, cell, judges }: CellReasonsProps) {
  return (
    <span className="flex flex-col gap-3">
      <span className="flex items-baseline justify-between gap-4">
        <span>
          <span className="block font-semibold">{row.criterion}</span>
          <span className="block text-xs text-ink-2">{cell.document}</span>
        </span>
        <span className="text-lg font-semibold tabular">
          {scoreText(cell.mean)}
          <span className="text-xs font-normal text-ink-2">{` of ${row.max}`}</span>
        </span>
      </span>
      {cell.marks.map((mark, index) => (
        <span key={mark.letter} className="flex flex-col gap-1 border-t border-line pt-2">
          <span className="flex items-center gap-2 text-xs">
            <span className="heat-key">{mark.letter}</span>
            <span className="min-w-0 truncate font-mono">{judges[index]?.name}</span>
            <span className="ml-auto font-semibold tabular">{markText(mark.mean)}</span>
          </span>
          {mark.given.map(({ iteration, score, reason }) => (
            <span key={iteration} className="grid grid-cols-[1.25rem_1fr] text-xs">
              <span className="font-semibold tabular">{score ?? "–"}</span>
              <span className="text-ink-2 wrap-anywhere">
                {score === null ? `Missing (iteration ${iteration})` : reason}
              </span>
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}
