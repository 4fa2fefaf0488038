import type { RunView } from "../api/types.ts";
import { Figure } from "../history/Figure.tsx";
import { clock, count, counted, duration, money, percent } from "../models/format.ts";
import { budgetOf, type Budget as BudgetOf } from "../models/money.ts";
import { phaseName } from "../models/phases.ts";
import { partsOf } from "../models/spec.ts";
import { elapsedMs, labelOf } from "../models/runs.ts";
import { useNow } from "../shell/now.ts";
import { Badge, Num } from "../shell/ui.tsx";
import type { Connection } from "../stream/connection.ts";
import type { RunFeed } from "../stream/fold.ts";
import { Freshness } from "./Freshness.tsx";
import { Remaining } from "./Remaining.tsx";
import { RunActions } from "./RunActions.tsx";
import { RunIdentity } from "./RunIdentity.tsx";
import { Verify } from "./Verify.tsx";

interface RunHeaderProps {
  run: RunView;
  feed: RunFeed;
  connection: Connection;
}

export function RunHeader({ run, feed, connection }: RunHeaderProps) {
  return (
    <section aria-label="Run" className="card flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1 className="min-w-0 text-xl font-semibold wrap-anywhere" data-testid="run-name">
              {run.name}
            </h1>
            <Badge label={labelOf(run.status, run.outcome)} testid="run-status" />
          </div>
          <RunIdentity run={run} />
        </div>
        <RunActions run={run} />
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-3 xl:grid-cols-[minmax(7rem,0.8fr)_minmax(7rem,0.8fr)_minmax(11rem,1.2fr)_minmax(15rem,1.6fr)_minmax(12rem,1.3fr)]">
        <Phases run={run} />
        <Elapsed run={run} />
        <Remaining run={run} calls={feed.calls} />
        <Budget run={run} />
        <Freshness feed={feed} connection={connection} />
      </dl>
      {/* One line from the start, so that the end of a run moves nothing below. */}
      <p className="min-h-[1lh] text-ink-2 wrap-anywhere" data-testid="run-message">
        {run.message ?? (run.spec === null ? "" : partsOf(run.spec))}
      </p>
      {run.anomalies > 0 && (
        <p className="text-timed-out-ink">
          {`${counted(run.anomalies, "event")} of this run could not be explained (anomalies).`}
        </p>
      )}
      <Verify run={run} />
    </section>
  );
}

function Phases({ run }: { run: RunView }) {
  const text =
    run.phases.length === 0
      ? run.status === "FINISHED"
        ? "Ended"
        : "Planning"
      : run.phases.map(phaseName).join(", ");
  return (
    <div>
      <dt className="eyebrow">Phase</dt>
      <dd data-testid="run-phases" className="mt-0.5 font-medium">
        {text}
      </dd>
    </div>
  );
}

function Elapsed({ run }: { run: RunView }) {
  const now = useNow();
  return (
    <div>
      <dt className="eyebrow">{run.finishedAt === null ? "Elapsed" : "Duration"}</dt>
      <dd className="mt-0.5 font-medium tabular" data-testid="run-elapsed">
        {duration(elapsedMs(run, now))}
      </dd>
      <dd className="text-xs text-ink-2">
        since{" "}
        <time dateTime={run.requestedAt} title={run.requestedAt}>
          {clock(run.requestedAt, now)}
        </time>
      </dd>
    </div>
  );
}

/** Money against its limit: spent, held for calls under way, left. */
function Budget({ run }: { run: RunView }) {
  const { stats, limits } = run;
  const budget = budgetOf(stats, limits);
  const { spentUsd, reservedUsd, limitUsd, leftUsd } = budget;
  return (
    <div className="col-span-2 min-w-0 max-md:order-last md:col-span-1">
      <dt className="eyebrow">Cost</dt>
      <dd className="mt-0.5 font-medium tabular">
        <Figure source={{ number: "costUsd" }} value={spentUsd}>
          <Num value={spentUsd} money testid="run-cost" />
        </Figure>
        <span className="font-normal text-ink-2">{` of ${money(limitUsd)} (${percent(spentUsd, limitUsd)})`}</span>
      </dd>
      <dd className="mt-1.5">
        <BudgetBar budget={budget} />
      </dd>
      <dd className="mt-1 text-xs text-ink-2 tabular">
        <Num value={reservedUsd} money testid="run-reserved" />
        {` reserved, ${money(leftUsd)} left`}
      </dd>
      <dd className="text-xs text-ink-2 tabular">
        <Figure source={{ number: "attempts" }} value={stats.attempts}>
          {counted(stats.attempts, "paid request")}
        </Figure>
        {` of ${count(limits.maxPaidCalls)}`}
      </dd>
    </div>
  );
}

/** The bar turns before the limit is reached, not after. */
function BudgetBar({ budget }: { budget: BudgetOf }) {
  const { limitUsd, spentUsd, reservedUsd, spentShare, reservedShare, tight } = budget;
  const solid = tight ? "bg-timed-out" : "bg-accent";
  return (
    <div
      role="meter"
      aria-label="Cost of limit"
      aria-valuemin={0}
      aria-valuemax={limitUsd}
      aria-valuenow={Math.min(spentUsd, limitUsd)}
      aria-valuetext={`${money(spentUsd)} spent and ${money(reservedUsd)} reserved of ${money(limitUsd)}`}
      className="flex h-1.5 max-w-72 overflow-hidden rounded-full bg-sunken"
    >
      <span
        className={`block h-full transition-[width] ${solid}`}
        style={{ width: `${spentShare * 100}%` }}
      />
      <span
        className={`block h-full opacity-45 transition-[width] ${solid}`}
        style={{ width: `${reservedShare * 100}%` }}
      />
    </div>
  );
}
