import { useMemo } from "react";
import type { CallView, RunView } from "../api/types.ts";
import { count, duration, money, rate } from "../models/format.ts";
import { paceOf, perMinute, workerPaces, type Pace as PaceOf } from "../models/pace.ts";
import { useNow } from "../shell/now.ts";
import { Card, INK } from "../shell/ui.tsx";
import { useThrottled } from "../shell/useThrottled.ts";
import { WorkerTable } from "./WorkerTable.tsx";

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
      <WorkerTable workers={workers} window={pace.window} />
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
