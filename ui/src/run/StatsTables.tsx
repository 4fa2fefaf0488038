import type { Phase, RunView, Stats } from "../api/types.ts";
import { Figure } from "../history/Figure.tsx";
import type { CounterName } from "../history/numbers.ts";
import { phaseRows } from "../models/phases.ts";
import type { Tone } from "../models/runs.ts";
import { Card, inkOf, Num, Scroll } from "../shell/ui.tsx";
import { LongName } from "../shell/LongName.tsx";

const COLUMNS: { id: CounterName; label: string; tone?: Tone; money?: boolean }[] = [
  { id: "planned", label: "Planned" },
  { id: "queued", label: "Queued" },
  { id: "inFlight", label: "In flight", tone: "in-flight" },
  { id: "ok", label: "Ok", tone: "ok" },
  { id: "failed", label: "Failed", tone: "failed" },
  { id: "timedOut", label: "Timed out", tone: "timed-out" },
  { id: "cancelled", label: "Cancelled" },
  { id: "skipped", label: "Skipped" },
  { id: "retries", label: "Retries", tone: "retry" },
  { id: "costUsd", label: "Cost", money: true },
  { id: "inputTokens", label: "Tokens in" },
  { id: "outputTokens", label: "Tokens out" },
];

export function StatsTables({ run }: { run: RunView }) {
  const phases = phaseRows(run).map(({ phase, ...row }) => ({
    key: phase,
    scope: { phase },
    ...row,
  }));
  const models = Object.entries(run.byModel)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, stats]) => ({ key, scope: { model: key }, name: key, stats, done: null }));
  return (
    <>
      <Card id="by-phase" title="By phase">
        <StatsTable prefix="phase" label="Phase" rows={phases} />
      </Card>
      <Card id="by-model" title="By model">
        <StatsTable prefix="model" label="Model" rows={models} mono />
      </Card>
    </>
  );
}

interface Row {
  key: string;
  scope: { phase: Phase } | { model: string };
  name: string;
  /** Null for what has not begun. */
  stats: Stats | null;
  /** "12 of 54"; null where it is not told. */
  done: string | null;
}

interface StatsTableProps {
  prefix: string;
  label: string;
  rows: Row[];
  mono?: boolean;
}

function StatsTable({ prefix, label, rows, mono = false }: StatsTableProps) {
  return (
    <Scroll label={`Stats by ${label.toLowerCase()}`}>
      <table className="table w-full min-w-[68rem] table-fixed border-t border-line">
        <thead>
          <tr>
            <th scope="col" className="w-[16rem]">
              {label}
            </th>
            {COLUMNS.map((column) => (
              <th key={column.id} scope="col">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, scope, name, stats, done }) => (
            <tr key={key} className="hover:bg-hover">
              <th
                scope="row"
                className={`truncate ${mono ? "font-mono text-xs font-normal" : "font-medium"}`}
                title={name}
              >
                {mono ? <LongName name={name} /> : name}
                {done !== null && (
                  <span className="block text-xs font-normal text-ink-2 tabular">{done}</span>
                )}
              </th>
              {COLUMNS.map((column) => (
                <td key={column.id} className={inkOf(column.tone, stats?.[column.id] ?? 0)}>
                  {stats === null ? (
                    "–"
                  ) : (
                    <Figure source={{ number: column.id, ...scope }} value={stats[column.id]}>
                      <Num
                        value={stats[column.id]}
                        money={column.money ?? false}
                        testid={`${prefix}-${key}-${column.id}`}
                      />
                    </Figure>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
