import { memo, useId, useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import { Scroll } from "../shell/ui.tsx";
import { CellReasons } from "./CellReasons.tsx";
import { FLAG_TEXT } from "./flagText.ts";
import {
  cellText,
  coverageText,
  markText,
  scoreText,
  type Cell,
  type Heatmap as Model,
  type HeatColumn,
} from "./heatmap.ts";
import { movedBy, type Spot } from "./place.ts";
import { Popover } from "./Popover.tsx";
import { ScoreChange } from "./ScoreChange.tsx";
import { useDismiss } from "./useDismiss.ts";

const HOVER_MS = 350;
const LEAVE_MS = 150;

interface Opened {
  spot: Spot;
  anchor: HTMLElement;
  /** Asked for by a press or a key: it stays until it is closed. */
  pinned: boolean;
}

interface HeatmapProps {
  model: Model;
  earlierRun: string | null;
  label: string;
}

/** Criteria by documents: the mean, each judge's own, and the reasons on demand. */
export const Heatmap = memo(function Heatmap({ model, earlierRun, label }: HeatmapProps) {
  const id = useId();
  const table = useRef<HTMLTableElement>(null);
  const timer = useRef(0);
  const [at, setAt] = useState<Spot>([0, 0]);
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => {
    window.clearTimeout(timer.current);
    setOpened(null);
  };
  useDismiss(opened !== null, "[data-heat],.floating", close);
  const later = (work: () => void, ms: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(work, ms);
  };
  const leave = () => {
    if (opened?.pinned !== true) later(() => setOpened(null), LEAVE_MS);
  };
  const hover = (spot: Spot, anchor: HTMLElement) => {
    if (opened?.pinned !== true) later(() => setOpened({ spot, anchor, pinned: false }), HOVER_MS);
  };
  const press = (spot: Spot, anchor: HTMLElement) => {
    window.clearTimeout(timer.current);
    const same = opened?.pinned === true && opened.anchor === anchor;
    setOpened(same ? null : { spot, anchor, pinned: true });
  };
  const move = (event: KeyboardEvent) => {
    const next = movedBy(event.key, at, model.rows.length, model.columns.length);
    if (next === null) return;
    event.preventDefault();
    const cell = table.current?.querySelector<HTMLElement>(`[data-heat="${next.join("-")}"]`);
    cell?.focus();
    if (opened !== null && cell) setOpened({ spot: next, anchor: cell, pinned: true });
  };
  const shown = opened === null ? null : model.rows[opened.spot[0]];
  const shownCell = opened === null ? null : shown?.cells[opened.spot[1]];
  return (
    <>
      <Legend model={model} />
      <Scroll label={label}>
        <table
          ref={table}
          className="heat"
          data-testid="heatmap"
          style={{ "--columns": model.columns.length } as CSSProperties}
        >
          <thead>
            <tr>
              <th scope="col">Criterion</th>
              {model.columns.map((column) => (
                <th key={column.key} scope="col">
                  <span className="block truncate" title={column.name}>
                    {column.name}
                  </span>
                  {column.document?.flags.map((flag) => (
                    <span key={flag} className="heat-flag" title={FLAG_TEXT[flag].meaning}>
                      {FLAG_TEXT[flag].text}
                    </span>
                  ))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Totals model={model} earlierRun={earlierRun} />
            {model.rows.map((row, r) => (
              <tr key={row.criterion}>
                <th scope="row" title={row.description}>
                  <span className="block truncate">{row.criterion}</span>
                  <span className="heat-weight">{`${Number(row.weight.toFixed(1))} %`}</span>
                </th>
                {row.cells.map((cell, c) => (
                  <td key={cell.key}>
                    <button
                      type="button"
                      data-heat={`${r}-${c}`}
                      tabIndex={at[0] === r && at[1] === c ? 0 : -1}
                      aria-label={cellText(row.criterion, row.max, cell)}
                      aria-expanded={opened?.pinned === true && shownCell === cell}
                      aria-describedby={shownCell === cell ? id : undefined}
                      className={`heat-cell ${cell.share === null ? "heat-missing" : ""}`}
                      style={{ "--share": cell.share ?? 0 } as CSSProperties}
                      onFocus={() => setAt([r, c])}
                      onKeyDown={move}
                      onClick={(event) => press([r, c], event.currentTarget)}
                      onPointerEnter={(event) => hover([r, c], event.currentTarget)}
                      onPointerLeave={leave}
                    >
                      <CellContent cell={cell} />
                    </button>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {opened !== null && shown && shownCell && (
        <Popover
          id={id}
          anchor={opened.anchor}
          role="tooltip"
          className="w-[min(26rem,calc(100vw-1rem))]"
          onPointerEnter={() => window.clearTimeout(timer.current)}
          onPointerLeave={leave}
        >
          <CellReasons row={shown} cell={shownCell} judges={model.judges} />
        </Popover>
      )}
    </>
  );
});

function CellContent({ cell }: { cell: Cell }) {
  return (
    <>
      <span className="heat-mean">{scoreText(cell.mean)}</span>
      <span className="heat-marks">
        {cell.marks.map(({ letter, mean }) => (
          <span key={letter} className={`heat-mark ${mean === null ? "heat-mark-missing" : ""}`}>
            <span className="heat-letter">{letter}</span>
            {markText(mean)}
          </span>
        ))}
      </span>
    </>
  );
}

/** The weighted mean comes first: it is what the single criteria add up to. */
function Totals({ model, earlierRun }: { model: Model; earlierRun: string | null }) {
  const expected =
    model.rows.length * (model.rows[0]?.cells[0]?.marks.flatMap(({ given }) => given).length ?? 0);
  return (
    <tr className="heat-total" data-testid="heat-total">
      <th scope="row">
        <span className="block truncate">Weighted mean</span>
        <span className="heat-weight">± spread, scores</span>
      </th>
      {model.columns.map((column) => (
        <td key={column.key}>
          <Total column={column} expected={expected} />
          <ScoreChange document={column.document ?? undefined} earlierRun={earlierRun} />
        </td>
      ))}
    </tr>
  );
}

function Total({ column, expected }: { column: HeatColumn; expected: number }) {
  const { score, isBest } = column;
  const spread = score?.spread ?? null;
  const isWhole = score !== null && score.scores === score.expectedScores;
  return (
    <>
      <span className="flex items-baseline justify-center gap-1.5 text-base font-semibold tabular">
        {scoreText(score?.mean ?? null)}
        {isBest && (
          <span className="rounded bg-accent px-1 text-xs font-medium text-on-accent">best</span>
        )}
      </span>
      <span className="block text-xs text-ink-2 tabular">{`± ${spread === null ? "–" : spread.toFixed(2)}`}</span>
      <span className={`block text-xs tabular ${isWhole ? "text-ink-2" : "text-retry-ink"}`}>
        {column.document === null ? "not made yet" : coverageText(score, expected)}
      </span>
    </>
  );
}

function Legend({ model }: { model: Model }) {
  const max = model.rows[0]?.max ?? 5;
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 pt-3 pb-2 text-xs text-ink-2">
      <ul className="flex flex-wrap gap-x-4 gap-y-1" aria-label="Judges">
        {model.judges.map(({ letter, judge, name }) => (
          <li key={judge} title={judge} className="flex items-center gap-1.5">
            <span className="heat-key">{letter}</span>
            <span className="font-mono">{name}</span>
          </li>
        ))}
      </ul>
      <span className="flex items-center gap-2 sm:ml-auto">
        lowest
        <span aria-hidden="true" className="heat-ramp" />
        {`highest (${max})`}
        <span aria-hidden="true" className="heat-missing ml-3 inline-block h-3 w-5 rounded-sm" />
        missing
      </span>
    </div>
  );
}
