import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { explain } from "../api/http.ts";
import { Button, Skeleton } from "../shell/ui.tsx";

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** What a query has read, or why it has not; an old answer stays, and is called old. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  const { data, error, refetch } = query;
  return (
    <>
      {error !== null && (
        <p
          role="alert"
          className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3 text-timed-out-ink"
        >
          {`${data === undefined ? "This cannot be read" : "This may be out of date"}: ${explain(error)}`}
          <Button className="min-h-7 px-2 py-0 text-xs" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
      {data === undefined
        ? error === null && <Skeleton className="mx-4 mb-4 h-16" />
        : children(data)}
    </>
  );
}
