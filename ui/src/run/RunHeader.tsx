import { useState } from "react";
import type { RunView } from "../api/types.ts";
import { clock, counted, duration, money, percent, sentence } from "../models/format.ts";
import { elapsedMs, labelOf } from "../models/runs.ts";
import { useNow } from "../shell/now.ts";
import { Badge, Button, Num } from "../shell/ui.tsx";
import type { Connection } from "../stream/connection.ts";
import type { RunFeed } from "../stream/fold.ts";
import { CancelRun } from "./CancelRun.tsx";
import { Freshness } from "./Freshness.tsx";

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
          <CopyId id={run.runId} />
        </div>
        {run.status !== "FINISHED" && <CancelRun run={run} />}
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-[minmax(8rem,1fr)_minmax(8rem,1fr)_minmax(12rem,1.6fr)_minmax(14rem,1.6fr)]">
        <Phases run={run} />
        <Elapsed run={run} />
        <Budget run={run} />
        <Freshness feed={feed} connection={connection} />
      </dl>
      {run.message !== null && (
        <p className="text-ink-2 wrap-anywhere" data-testid="run-message">
          {run.message}
        </p>
      )}
      {run.anomalies > 0 && (
        <p className="text-timed-out-ink">
          {`${counted(run.anomalies, "event")} of this run could not be explained (anomalies).`}
        </p>
      )}
    </section>
  );
}

function Phases({ run }: { run: RunView }) {
  const text =
    run.phases.length === 0
      ? run.status === "FINISHED"
        ? "Ended"
        : "Planning"
      : run.phases.map(sentence).join(", ");
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

/** Money against its limit. The bar turns before the limit is reached, not after. */
function Budget({ run }: { run: RunView }) {
  const { costUsd, attempts } = run.stats;
  const limit = run.spec?.limits.maxCostUsd ?? null;
  const calls = run.spec?.limits.maxPaidCalls ?? null;
  const share = limit === null || limit <= 0 ? 0 : Math.min(1, costUsd / limit);
  return (
    <div className="min-w-0">
      <dt className="eyebrow">Cost</dt>
      <dd className="mt-0.5 font-medium">
        <Num value={costUsd} money testid="run-cost" />
        {limit !== null && (
          <span className="font-normal text-ink-2">{` of ${money(limit)} (${percent(costUsd, limit)})`}</span>
        )}
      </dd>
      {limit !== null && (
        <dd className="mt-1.5">
          <div
            role="meter"
            aria-label="Cost of limit"
            aria-valuemin={0}
            aria-valuemax={limit}
            aria-valuenow={Math.min(costUsd, limit)}
            aria-valuetext={`${money(costUsd)} of ${money(limit)}`}
            className="h-1.5 max-w-56 overflow-hidden rounded-full bg-sunken"
          >
            <span
              className={`block h-full rounded-full ${share > 0.9 ? "bg-timed-out" : "bg-accent"}`}
              style={{ width: `${share * 100}%` }}
            />
          </div>
        </dd>
      )}
      <dd className="mt-1 text-xs text-ink-2 tabular">
        {counted(attempts, "paid request")}
        {calls === null ? "" : ` of ${calls.toLocaleString("en-US")}`}
      </dd>
    </div>
  );
}

function CopyId({ id }: { id: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
  };
  return (
    <div className="mt-1 flex items-center gap-2 text-xs text-ink-2">
      <code className="min-w-0 truncate font-mono" data-testid="run-id">
        {id}
      </code>
      <Button
        className="min-h-6 px-1.5 py-0 text-xs"
        onClick={() => void copy()}
        onBlur={() => setCopied(false)}
        aria-label="Copy the run id"
      >
        {copied ? "Copied" : "Copy"}
      </Button>
    </div>
  );
}
