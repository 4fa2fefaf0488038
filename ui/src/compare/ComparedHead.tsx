import { Link } from "@tanstack/react-router";
import { explain } from "../api/http.ts";
import type { RunView } from "../api/types.ts";
import { clock, count } from "../models/format.ts";
import { labelOf } from "../models/runs.ts";
import { useNow } from "../shell/now.ts";
import { Badge, Button, Skeleton } from "../shell/ui.tsx";
import { Letter } from "./CompareTable.tsx";

interface ComparedHeadProps {
  letter: "A" | "B";
  runId: string;
  run: RunView | undefined;
  error: Error | null;
  onRetry: () => Promise<unknown>;
}

/** Which run a letter stands for, and as of which event its numbers are true. */
export function ComparedHead({ letter, runId, run, error, onRetry }: ComparedHeadProps) {
  const now = useNow();
  return (
    <section
      aria-label={`Run ${letter}`}
      data-testid={`compared-${letter}`}
      className="card flex min-w-0 gap-3 p-4"
    >
      <Letter run={letter} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">
        {run === undefined ? (
          error === null ? (
            <Skeleton className="h-12" />
          ) : (
            <div role="alert" className="text-failed-ink">
              <p className="wrap-anywhere">{explain(error)}</p>
              <code className="block font-mono text-xs break-all">{runId}</code>
              <Button className="mt-2" onClick={() => void onRetry()}>
                Try again
              </Button>
            </div>
          )
        ) : (
          <>
            <h2 className="font-semibold wrap-anywhere">
              <Link to="/runs/$runId" params={{ runId }} className="link">
                {run.name}
              </Link>
            </h2>
            <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2 tabular">
              <Badge label={labelOf(run.status, run.outcome)} />
              <time dateTime={run.requestedAt}>{clock(run.requestedAt, now)}</time>
              <span>{`as of event ${count(run.asOf.offset)}`}</span>
            </p>
            {error !== null && (
              <p role="alert" className="mt-1 text-xs text-timed-out-ink">
                {`This may be out of date: ${explain(error)}`}
              </p>
            )}
          </>
        )}
      </div>
    </section>
  );
}
