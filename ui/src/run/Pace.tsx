import { useMemo } from "react";
import type { CallView, RunView } from "../api/types.ts";
import { Figure } from "../history/Figure.tsx";
import { count, duration, money } from "../models/format.ts";
import { paceOf, perMinute, workerPaces, type Pace as PaceOf } from "../models/pace.ts";
import { useNow } from "../shell/now.ts";
import { Card, INK, Scroll } from "../shell/ui.tsx";
import { useThrottled } from "../shell/useThrottled.ts";

/** How fast it goes, over the last minute and by worker. */
export function Pace({ run, calls }: { run: RunView; calls: ReadonlyMap<string, CallView> }) {
  const now = useNow();
  const held = useThrottled(calls, 1_000);
  const pace = useMemo(() => paceOf(run, held.values(), now), [run, held, now]);
  const workers = useMemo(() => workerPaces(run, held.values(), now), [run, held, now]);
  return (
    <Card
      id="pace"
      title="Pace"
      aside={<span className="text-xs text-ink-2 tabular">{overText(run, pace)}</span>}
    >
      <dl className="grid grid-cols-2 gap-px border-t border-line bg-line min-[360px]:grid-cols-3 md:grid-cols-6">
        {ratesOf(pace).map(({ label, text, ink }) => (
          <div key={label} className="bg-surface px-3 py-2.5 sm:px-4">
            <dt className="text-xs whitespace-nowrap text-ink-2">{label}</dt>
            <dd className={`mt-0.5 font-semibold tracking-tight tabular ${ink}`}>{text}</dd>
          </div>
        ))}
      </dl>
      <Scroll label="Pace by worker">
        <table
          data-testid="by-worker"
          className="table w-full min-w-[36rem] table-fixed border-t border-line"
        >
          <thead>
            <tr>
              <th scope="col" className="w-[14rem]">
                Worker
              </th>
              <th scope="col">In flight</th>
              <th scope="col">Ended</th>
              <th scope="col">Failed</th>
              <th scope="col">Calls a minute</th>
              <th scope="col">Cost</th>
            </tr>
          </thead>
          <tbody>
            {workers.length === 0 && (
              <tr>
                <td colSpan={6} className="text-ink-2">
                  No worker has taken a call yet.
                </td>
              </tr>
            )}
            {workers.map(({ worker, inFlight, ended, bad, recent, costUsd }) => (
              <tr key={worker} className="hover:bg-hover">
                <th scope="row" className="truncate font-mono text-xs font-normal" title={worker}>
                  {worker}
                </th>
                <td className={inFlight > 0 ? INK["in-flight"] : "text-ink-2"}>
                  <Figure source={{ number: "inFlight", worker }} value={inFlight}>
                    {count(inFlight)}
                  </Figure>
                </td>
                <td>
                  <Figure source={{ number: "ended", worker }} value={ended}>
                    {count(ended)}
                  </Figure>
                </td>
                <td className={bad > 0 ? INK.failed : "text-ink-2"}>
                  <Figure source={{ number: "bad", worker }} value={bad}>
                    {count(bad)}
                  </Figure>
                </td>
                <td>{rate(perMinute(recent, pace.window))}</td>
                <td>
                  <Figure source={{ number: "costUsd", worker }} value={costUsd}>
                    {money(costUsd)}
                  </Figure>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Card>
  );
}

function overText(run: RunView, { window }: PaceOf): string {
  if (run.finishedAt !== null) return `over all of the run, ${duration(window)}`;
  return `over the last ${duration(window)}`;
}

function ratesOf(pace: PaceOf): { label: string; text: string; ink: string }[] {
  const a = (value: number) => perMinute(value, pace.window);
  const quiet = (value: number, ink: string) => (value === 0 ? "text-ink opacity-70" : ink);
  return [
    { label: "Ended / min", text: rate(a(pace.ended)), ink: quiet(pace.ended, "") },
    { label: "Ok / min", text: rate(a(pace.ok)), ink: quiet(pace.ok, INK.ok) },
    { label: "Failed / min", text: rate(a(pace.bad)), ink: quiet(pace.bad, INK.failed) },
    { label: "Retries / min", text: rate(a(pace.retries)), ink: quiet(pace.retries, INK.retry) },
    {
      label: "Tokens out / min",
      text: count(Math.round(a(pace.outputTokens))),
      ink: quiet(pace.outputTokens, ""),
    },
    { label: "Cost / min", text: money(a(pace.costUsd)), ink: quiet(pace.costUsd, "") },
  ];
}

/** One decimal while it is small: 0.4 calls a minute are not none. */
function rate(value: number): string {
  return value < 10 && value > 0 ? value.toFixed(1) : count(Math.round(value));
}
