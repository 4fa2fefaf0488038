import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { explain } from "../api/http.ts";
import { runsQuery } from "../api/queries.ts";
import type { RunView } from "../api/types.ts";
import { ago, count, duration, money } from "../models/format.ts";
import { elapsedMs, endedOf, labelOf } from "../models/runs.ts";
import { useNow } from "../shell/now.ts";
import { ProgressBar } from "../shell/ProgressBar.tsx";
import { Badge, Button, BUTTON, BUTTON_SHAPE, INK, Notice, Skeleton } from "../shell/ui.tsx";
import { useTabState } from "../shell/useTabState.ts";

export function RunsPage() {
  useTabState("Runs", "idle");
  const runs = useInfiniteQuery(runsQuery);
  const items = runs.data?.pages.flatMap((page) => page.items);
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-xl font-semibold">Runs</h1>
      {runs.isError && items !== undefined && (
        <p role="alert" className="rounded-md bg-timed-out-tint px-3 py-2 text-timed-out-ink">
          {`This list may be out of date: ${explain(runs.error)}`}
        </p>
      )}
      <div className="card overflow-hidden">
        {items === undefined ? (
          <NoList error={runs.error} onRetry={() => void runs.refetch()} />
        ) : items.length === 0 ? (
          <NoRuns />
        ) : (
          <RunList items={items} />
        )}
      </div>
      {runs.hasNextPage && (
        <Button
          className="self-center"
          aria-disabled={runs.isFetchingNextPage}
          onClick={() => void runs.fetchNextPage()}
        >
          {runs.isFetchingNextPage ? "Loading…" : "Older runs"}
        </Button>
      )}
    </div>
  );
}

function NoList({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (error === null) {
    return (
      <div aria-busy="true" className="flex flex-col gap-3 p-4">
        <p role="status" className="sr-only">
          Loading the runs
        </p>
        {[1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} className="h-11" />
        ))}
      </div>
    );
  }
  return (
    <Notice title="The runs cannot be shown" heading="h2" alert>
      <p>{explain(error)}</p>
      <Button onClick={onRetry}>Try again</Button>
    </Notice>
  );
}

function NoRuns() {
  return (
    <Notice title="No runs yet" heading="h2">
      <p>
        A run sends your documents through several models and shows every call while it happens. A
        sample is ready to start.
      </p>
      <Link to="/new" className={`${BUTTON_SHAPE} ${BUTTON.primary}`}>
        New run
      </Link>
    </Notice>
  );
}

function RunList({ items }: { items: RunView[] }) {
  const now = useNow();
  return (
    <>
      <div
        aria-hidden="true"
        className={`grid-head max-lg:hidden! ${COLUMNS} border-b border-line py-2`}
      >
        <span>Run</span>
        <span>State</span>
        <span>Calls</span>
        <span className="text-right">Cost</span>
        <span className="text-right">Duration</span>
        <span className="text-right">Requested</span>
      </div>
      <ul data-testid="runs" className="divide-y divide-line">
        {items.map((run) => (
          <RunRow key={run.runId} run={run} now={now} />
        ))}
      </ul>
    </>
  );
}

const COLUMNS =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 lg:grid-cols-[minmax(0,1.4fr)_12.5rem_minmax(12rem,1fr)_5rem_7rem_5.5rem]";

const ROW = `relative items-center gap-y-1.5 py-3 hover:bg-hover has-[:focus-visible]:bg-hover ${COLUMNS}`;

function RunRow({ run, now }: { run: RunView; now: number }) {
  return (
    <li className={ROW}>
      <div className="min-w-0">
        <Link
          to="/runs/$runId"
          params={{ runId: run.runId }}
          title={run.name}
          className="cover block truncate font-medium"
        >
          {run.name}
        </Link>
        <code className="block truncate font-mono text-xs text-ink-2">{run.runId}</code>
      </div>
      <div className="justify-self-end lg:justify-self-start">
        <Badge label={labelOf(run.status, run.outcome)} />
      </div>
      <div className="max-lg:col-span-2">
        <ProgressBar stats={run.stats} />
        <Counts run={run} />
      </div>
      <div className="flex items-baseline justify-between gap-3 max-lg:col-span-2 lg:contents">
        <span className="tabular lg:text-right">
          <span className="sr-only">Cost </span>
          {money(run.stats.costUsd)}
        </span>
        <span className="text-right tabular">
          <span className="sr-only">Duration </span>
          {duration(elapsedMs(run, now))}
        </span>
        <time
          dateTime={run.requestedAt}
          title={run.requestedAt}
          className="text-xs whitespace-nowrap text-ink-2 lg:text-right"
        >
          {ago(run.requestedAt, now)}
        </time>
      </div>
    </li>
  );
}

/** The numbers that matter in a list: how far, and what went wrong. */
function Counts({ run }: { run: RunView }) {
  const { stats } = run;
  const troubles = [
    { count: stats.failed, label: "failed", ink: INK.failed },
    { count: stats.timedOut, label: "timed out", ink: INK["timed-out"] },
    { count: stats.retries, label: stats.retries === 1 ? "retry" : "retries", ink: INK.retry },
  ].filter((trouble) => trouble.count > 0);
  return (
    <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-ink-2 tabular">
      <span>{`${count(endedOf(stats))} of ${count(stats.planned)}`}</span>
      {troubles.map((trouble) => (
        <span key={trouble.label} className={trouble.ink}>
          {`${count(trouble.count)} ${trouble.label}`}
        </span>
      ))}
    </p>
  );
}
