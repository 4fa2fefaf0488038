import type { NumberName } from "../history/numbers.ts";
import { Figure } from "../history/Figure.tsx";
import { count, money, rate } from "../models/format.ts";
import { perMinute, type WorkerCount, type WorkerPace } from "../models/pace.ts";
import type { Tone } from "../models/runs.ts";
import { LongName } from "../shell/LongName.tsx";
import { inkOf, Scroll } from "../shell/ui.tsx";

const COLUMNS: { id: WorkerCount & NumberName; label: string; tone?: Tone }[] = [
  { id: "inFlight", label: "In flight", tone: "in-flight" },
  { id: "ok", label: "Ok", tone: "ok" },
  { id: "failed", label: "Failed", tone: "failed" },
  { id: "timedOut", label: "Timed out", tone: "timed-out" },
  { id: "cancelled", label: "Cancelled" },
  { id: "retries", label: "Retries", tone: "retry" },
  { id: "outputTokens", label: "Tokens out" },
  { id: "costUsd", label: "Cost" },
];

interface WorkerTableProps {
  workers: readonly WorkerPace[];
  /** Milliseconds that the rate is taken over. */
  window: number;
}

/** What each worker has, has done and does a minute. */
export function WorkerTable({ workers, window }: WorkerTableProps) {
  return (
    <Scroll label="Stats by worker">
      <table
        data-testid="by-worker"
        className="table w-full min-w-[56rem] table-fixed border-t border-line"
      >
        <thead>
          <tr>
            <th scope="col" className="w-[14rem]">
              Worker
            </th>
            {COLUMNS.map(({ id, label }) => (
              <th key={id} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">Calls / min</th>
          </tr>
        </thead>
        <tbody>
          {workers.length === 0 && (
            <tr>
              <td colSpan={COLUMNS.length + 2} className="text-ink-2">
                No worker has taken a call yet.
              </td>
            </tr>
          )}
          {workers.map(({ worker, counts, recent }) => (
            <tr key={worker} className="hover:bg-hover">
              <th scope="row" className="font-mono text-xs font-normal" title={worker}>
                <LongName name={worker} />
              </th>
              {COLUMNS.map(({ id, tone }) => (
                <td key={id} className={inkOf(tone, counts[id])}>
                  <Figure source={{ number: id, worker }} value={counts[id]}>
                    {id === "costUsd" ? money(counts[id]) : count(counts[id])}
                  </Figure>
                </td>
              ))}
              <td>{rate(perMinute(recent, window))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
