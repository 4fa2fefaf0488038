import { explain } from "../api/http.ts";
import { count } from "../models/format.ts";
import type { RunsSearch } from "../models/runlist.ts";
import { Button, Notice, Skeleton } from "../shell/ui.tsx";
import { useTabState } from "../shell/useTabState.ts";
import { Found } from "./Found.tsx";
import { useRuns } from "./useRuns.ts";

interface RunsPageProps {
  search: RunsSearch;
  onSearch: (search: RunsSearch) => void;
}

export function RunsPage({ search, onSearch }: RunsPageProps) {
  useTabState("Runs", "idle");
  const archived = search.archived ?? false;
  const { runs, error, older, reload } = useRuns(archived);
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-xl font-semibold">
        {archived ? "Archived runs" : "Runs"}
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
      {runs === null ? (
        <div className="card overflow-hidden">
          <NoList error={error} onRetry={reload} />
        </div>
      ) : (
        // The archive is another list: what was chosen or asked in one is not shown in the other.
        <Found key={String(archived)} runs={runs} search={search} onSearch={onSearch} />
      )}
      {older !== null && (
        <Button className="self-center" aria-disabled={older.busy} onClick={older.load}>
          {older.busy ? "Loading…" : "Older runs"}
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
