import { useDeferredValue, useMemo, useState } from "react";
import type { RunView } from "../api/types.ts";
import { countsByFilter, listedRuns, type RunsSearch } from "../models/runlist.ts";
import { useNow } from "../shell/now.ts";
import { Button } from "../shell/ui.tsx";
import { DOING } from "./bulk.ts";
import { BulkNote } from "./BulkNote.tsx";
import { NoRuns } from "./NoRuns.tsx";
import { RunList } from "./RunList.tsx";
import { RunsToolbar } from "./RunsToolbar.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { NOTHING } from "./selection.ts";
import { stuckRuns } from "./stuck.ts";
import { useBulk } from "./useBulk.ts";

interface FoundProps {
  runs: RunView[];
  search: RunsSearch;
  onSearch: (search: RunsSearch) => void;
}

/** The runs that there are, as the search wants them, and what can be done with several. */
export function Found({ runs, search, onSearch }: FoundProps) {
  const now = useNow();
  const stuck = useStuck(runs, now);
  // What is typed is shown at once; the list and the address follow.
  const [typed, setTyped] = useState(search.find ?? "");
  const text = useDeferredValue(typed);
  const { show = "ALL", sort = "NEWEST", archived = false } = search;
  const counts = useMemo(() => countsByFilter(runs, stuck), [runs, stuck]);
  // Only an order by duration moves with the clock; a minute is as fine as it need be.
  const minute = sort === "DURATION" ? Math.floor(now / 60_000) * 60_000 : 0;
  const listed = useMemo(
    () => listedRuns(runs, { filter: show, order: sort, text, stuck }, minute),
    [runs, show, sort, text, stuck, minute],
  );
  const [selection, setSelection] = useState(NOTHING);
  // What the filter hides is not chosen: nothing is done to a run that is not on the list.
  const chosen = listed.filter(({ runId }) => selection.ids.has(runId));
  const bulk = useBulk(runs);
  return (
    <>
      {bulk.busy !== null && (
        <p role="status" className="text-ink-2">
          {DOING[bulk.busy]}
        </p>
      )}
      {bulk.outcome !== null && (
        <BulkNote outcome={bulk.outcome} open={bulk.open.size} onClose={bulk.forget} />
      )}
      <div className="card overflow-hidden">
        {runs.length === 0 && !archived ? (
          <NoRuns />
        ) : (
          <>
            <RunsToolbar
              filter={show}
              order={sort}
              text={typed}
              counts={counts}
              archived={archived}
              onFilter={(filter) => onSearch({ ...search, show: filter })}
              onOrder={(order) => onSearch({ ...search, sort: order })}
              onText={(find) => {
                setTyped(find);
                onSearch({ ...search, find });
              }}
              onArchived={(away) => onSearch(away ? { archived: true } : {})}
            />
            {listed.length === 0 ? (
              <NoneFound
                empty={archived && runs.length === 0}
                onAll={() => {
                  setTyped("");
                  onSearch({});
                }}
              />
            ) : (
              <RunList
                runs={listed}
                now={now}
                stuck={stuck}
                selection={selection}
                onSelect={setSelection}
                open={bulk.open}
              />
            )}
          </>
        )}
      </div>
      {chosen.length > 0 && (
        <SelectionBar
          runs={chosen}
          archived={archived}
          busy={bulk.busy}
          onStart={(action, those) => {
            bulk.start(action, those);
            setSelection(NOTHING);
          }}
          onClear={() => setSelection(NOTHING)}
        />
      )}
    </>
  );
}

function useStuck(runs: readonly RunView[], now: number) {
  // A run that was stuck for a second is not news; ten of them are fine enough.
  const tick = Math.floor(now / 10_000) * 10_000;
  return useMemo(() => stuckRuns(runs, tick), [runs, tick]);
}

function NoneFound({ empty, onAll }: { empty: boolean; onAll: () => void }) {
  return (
    <div className="flex flex-col items-center gap-3 border-t border-line px-6 py-12 text-ink-2">
      <p role="status">{empty ? "No run was put into the archive." : "No run is like that."}</p>
      <Button onClick={onAll}>{empty ? "Show the other runs" : "Show all runs"}</Button>
    </div>
  );
}
