import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useState } from "react";
import { explain } from "../api/http.ts";
import { newestRunsQuery } from "../api/queries.ts";
import type { RunView } from "../api/types.ts";
import { count } from "../models/format.ts";
import { countsByFilter, listedRuns, type RunsSearch } from "../models/runlist.ts";
import { useNow } from "../shell/now.ts";
import { Button, BUTTON, BUTTON_SHAPE, Notice, Skeleton } from "../shell/ui.tsx";
import { useTabState } from "../shell/useTabState.ts";
import { RunList } from "./RunList.tsx";
import { RunsToolbar } from "./RunsToolbar.tsx";
import { useRuns } from "./useRuns.ts";

interface RunsPageProps {
  search: RunsSearch;
  onSearch: (search: RunsSearch) => void;
}

export function RunsPage({ search, onSearch }: RunsPageProps) {
  useTabState("Runs", "idle");
  const { runs, error, older } = useRuns();
  const newest = useQuery(newestRunsQuery);
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-xl font-semibold">
        Runs
        {runs !== null && runs.length > 0 && (
          <span className="ml-2 text-base font-normal text-ink-2 tabular" data-testid="runs-count">
            {`${count(runs.length)}${older === null ? "" : "+"}`}
          </span>
        )}
      </h1>
      {error !== null && runs !== null && (
        <p role="alert" className="rounded-md bg-timed-out-tint px-3 py-2 text-timed-out-ink">
          {`This list may be out of date: ${explain(error)}`}
        </p>
      )}
      <div className="card overflow-hidden">
        {runs === null ? (
          <NoList error={error} onRetry={() => void newest.refetch()} />
        ) : runs.length === 0 ? (
          <NoRuns />
        ) : (
          <Found runs={runs} search={search} onSearch={onSearch} />
        )}
      </div>
      {older !== null && (
        <Button className="self-center" aria-disabled={older.busy} onClick={older.load}>
          {older.busy ? "Loading…" : "Older runs"}
        </Button>
      )}
    </div>
  );
}

interface FoundProps extends RunsPageProps {
  runs: RunView[];
}

function Found({ runs, search, onSearch }: FoundProps) {
  const now = useNow();
  // What is typed is shown at once; the list and the address follow.
  const [typed, setTyped] = useState(search.find ?? "");
  const text = useDeferredValue(typed);
  const { show = "ALL", sort = "NEWEST" } = search;
  const counts = useMemo(() => countsByFilter(runs), [runs]);
  // Only an order by duration moves with the clock; a minute is as fine as it need be.
  const minute = sort === "DURATION" ? Math.floor(now / 60_000) * 60_000 : 0;
  const listed = useMemo(
    () => listedRuns(runs, { filter: show, order: sort, text }, minute),
    [runs, show, sort, text, minute],
  );
  return (
    <>
      <RunsToolbar
        filter={show}
        order={sort}
        text={typed}
        counts={counts}
        onFilter={(filter) => onSearch({ ...search, show: filter })}
        onOrder={(order) => onSearch({ ...search, sort: order })}
        onText={(find) => {
          setTyped(find);
          onSearch({ ...search, find });
        }}
      />
      {listed.length === 0 ? (
        <div className="flex flex-col items-center gap-3 border-t border-line px-6 py-12 text-ink-2">
          <p role="status">No run is like that.</p>
          <Button
            onClick={() => {
              setTyped("");
              onSearch({});
            }}
          >
            Show all runs
          </Button>
        </div>
      ) : (
        <RunList runs={listed} now={now} />
      )}
    </>
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
