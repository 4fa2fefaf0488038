import type { Phase } from "../api/types.ts";
import { Figure } from "../history/Figure.tsx";
import type { NumberName, NumberSource } from "../history/numbers.ts";
import type { Axis as AxisOf, ModelRow, SortKey, Sorting } from "../models/comparison.ts";
import { count, money, percent, secondsShort } from "../models/format.ts";
import { INK } from "../shell/ui.tsx";
import { BoxPlot } from "./BoxPlot.tsx";
import { LongName } from "../shell/LongName.tsx";
import "./models.css";

const COLUMNS: { by: SortKey; label: string; width?: string }[] = [
  { by: "calls", label: "Calls", width: "w-[5rem]" },
  { by: "okShare", label: "Ok", width: "w-[8.5rem]" },
  { by: "p50", label: "p50", width: "w-[5.5rem]" },
  { by: "p95", label: "p95", width: "w-[5.5rem]" },
];

const LAST: { by: SortKey; label: string }[] = [
  { by: "retries", label: "Retries" },
  { by: "inputTokens", label: "Tokens in" },
  { by: "outputTokens", label: "Tokens out" },
  { by: "costUsd", label: "Cost" },
];

interface HeadProps {
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  /** The name of the last column. */
  accepted: string;
  axis: AxisOf;
}

export function ModelsHead({ sorting, onSort, accepted, axis }: HeadProps) {
  const sortable = { sorting, onSort };
  return (
    <thead>
      <tr>
        <Sortable by="model" label="Model" width="w-[15rem]" {...sortable} />
        {COLUMNS.map((column) => (
          <Sortable key={column.by} {...column} {...sortable} />
        ))}
        <th scope="col" className="w-[16rem]">
          <span className="block text-left">Latency</span>
          <Axis {...axis} />
        </th>
        {LAST.map((column) => (
          <Sortable key={column.by} {...column} width="w-[6rem]" {...sortable} />
        ))}
        <Sortable by="costPerAccepted" label={accepted} width="w-[9rem]" {...sortable} />
      </tr>
    </thead>
  );
}

/** The scale that all plots below share. */
function Axis({ top, ticks }: AxisOf) {
  return (
    <span aria-hidden="true" className="relative block h-4 text-2xs font-normal">
      {ticks.map((tick, index) => (
        <span
          key={tick}
          className={`absolute ${index === 0 ? "" : index === ticks.length - 1 ? "-translate-x-full" : "-translate-x-1/2"}`}
          style={{ left: `${(tick / top) * 100}%` }}
        >
          {secondsShort(tick)}
        </span>
      ))}
    </span>
  );
}

interface SortableProps extends Pick<HeadProps, "sorting" | "onSort"> {
  by: SortKey;
  label: string;
  width?: string;
}

/** A column is turned by a second press; numbers begin with the greatest. */
function Sortable({ by, label, width = "", sorting, onSort }: SortableProps) {
  const sorted = sorting.by === by;
  const descending = sorted ? !sorting.descending : by !== "model";
  return (
    <th
      scope="col"
      className={`${width} align-top`}
      aria-sort={sorted ? (sorting.descending ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        className={`sort ${sorted ? "text-ink" : ""}`}
        onClick={() => onSort({ by, descending })}
      >
        {label}
        <span aria-hidden="true" className={sorted ? "" : "invisible"}>
          {sorting.descending ? "↓" : "↑"}
        </span>
      </button>
    </th>
  );
}

interface RowProps {
  row: ModelRow;
  phase: Phase | null;
  /** The scale of all plots. */
  axis: AxisOf;
}

export function ModelsRow({ row, phase, axis }: RowProps) {
  const { model, latency, okShare } = row;
  const scope = phase === null ? { model } : { model, phase };
  return (
    <tr className="hover:bg-hover">
      <th scope="row" className="font-mono text-xs font-normal" title={model}>
        <LongName name={model} />
      </th>
      <td>{figure("planned", row.calls, scope)}</td>
      <td>
        <Ok row={row} share={okShare} scope={scope} />
      </td>
      <td>{latency === null ? "–" : secondsShort(latency.p50)}</td>
      <td>{latency === null ? "–" : secondsShort(latency.p95)}</td>
      <td>
        {latency === null ? (
          <span className="block text-left text-ink-2">no call has succeeded yet</span>
        ) : (
          <BoxPlot spread={latency} axis={axis} />
        )}
      </td>
      <td className={row.retries > 0 ? INK.retry : "text-ink-2"}>
        {figure("retries", row.retries, scope)}
      </td>
      <td>{figure("inputTokens", row.inputTokens, scope)}</td>
      <td>{figure("outputTokens", row.outputTokens, scope)}</td>
      <td>{figure("costUsd", row.costUsd, scope, money)}</td>
      <td>
        {row.costPerAccepted === null ? (
          <span className="text-ink-2">none</span>
        ) : (
          <>
            {money(row.costPerAccepted)}
            <span className="text-ink-2">{` × ${count(row.accepted)}`}</span>
          </>
        )}
      </td>
    </tr>
  );
}

type Scope = Omit<NumberSource, "number">;

function figure(number: NumberName, value: number, scope: Scope, text = count) {
  return (
    <Figure source={{ number, ...scope }} value={value}>
      {text(value)}
    </Figure>
  );
}

function Ok({ row, share, scope }: { row: ModelRow; share: number | null; scope: Scope }) {
  if (share === null) return <span className="text-ink-2">none ended</span>;
  const bad = row.ended - row.ok;
  return (
    <span className="grid grid-cols-[2.5rem_1fr_2.75rem] items-center gap-2">
      <span
        aria-hidden="true"
        className="flex h-1.5 overflow-hidden rounded-full bg-sunken"
        title={`${count(bad)} of ${count(row.ended)} ended calls are not ok`}
      >
        <span className="block h-full bg-ok" style={{ width: `${share * 100}%` }} />
        <span className="block h-full flex-1 bg-failed" />
      </span>
      <span>{figure("ok", row.ok, scope)}</span>
      <span className="text-ink-2">{percent(row.ok, row.ended)}</span>
    </span>
  );
}
