import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { allRunsQuery, newestRunsQuery } from "../api/queries.ts";
import type { RunView } from "../api/types.ts";
import { mergedRuns } from "../models/runlist.ts";
import { archivedRunsQuery } from "./requests.ts";

/** So many runs are loaded unasked, because a search is only as good as what it searches. */
const UNASKED = 1_000;

export interface Runs {
  /** Null before the first answer. */
  runs: RunView[] | null;
  error: Error | null;
  /** Null when there are no older ones than those loaded, or they come by themselves. */
  older: { busy: boolean; load: () => void } | null;
  reload: () => void;
}

/** The runs that are listed; those that were put away instead of them on demand. */
export function useRuns(archived: boolean): Runs {
  const current = useCurrentRuns(!archived);
  const away = useArchivedRuns(archived);
  return archived ? away : current;
}

function useArchivedRuns(enabled: boolean): Runs {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    {
      ...archivedRunsQuery,
      enabled,
    },
  );
  const runs = useMemo(() => (data === undefined ? null : mergedRuns(data.pages)), [data]);
  return {
    runs,
    error,
    older: hasNextPage ? { busy: isFetchingNextPage, load: () => void fetchNextPage() } : null,
    reload: () => void refetch(),
  };
}

/** The newest runs often, the others seldom, as one list. */
function useCurrentRuns(enabled: boolean): Runs {
  const newest = useQuery({ ...newestRunsQuery, enabled });
  const more = enabled && newest.data !== undefined && newest.data.nextCursor !== null;
  const all = useInfiniteQuery({ ...allRunsQuery, enabled: more });
  const { data: held, hasNextPage, isFetching, isError, fetchNextPage } = all;
  const runs = useMemo(
    () => (newest.data === undefined ? null : mergedRuns([newest.data, ...(held?.pages ?? [])])),
    [newest.data, held],
  );
  const unasked = hasNextPage && (runs?.length ?? 0) < UNASKED;
  useEffect(() => {
    if (unasked && !isFetching && !isError) void fetchNextPage();
  }, [unasked, isFetching, isError, fetchNextPage]);
  return {
    runs,
    error: newest.error ?? all.error,
    older:
      hasNextPage && (!unasked || isError)
        ? { busy: all.isFetchingNextPage, load: () => void fetchNextPage() }
        : null,
    reload: () => void newest.refetch(),
  };
}
