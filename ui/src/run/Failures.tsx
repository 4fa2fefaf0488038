import { useMemo } from "react";
import type { CallView } from "../api/types.ts";
import { failureGroups } from "../models/failures.ts";
import { clock, count, sentence } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Card, INK } from "../shell/ui.tsx";

/** What went wrong, by cause: red while it stands, grey when a retry has mended it. */
export function Failures({ calls }: { calls: ReadonlyMap<string, CallView> }) {
  const now = useNow();
  const groups = useMemo(() => failureGroups(calls.values()), [calls]);
  return (
    <Card id="failures" title="Errors by cause">
      {groups.length === 0 && (
        <p className="border-t border-line px-4 py-2 text-ink-2">No attempt has failed.</p>
      )}
      <ul data-testid="failures">
        {groups.map((group) => (
          <li
            key={group.kind}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-t border-line px-4 py-2"
          >
            <span
              className={`grow basis-[60%] font-medium sm:w-40 sm:shrink-0 sm:grow-0 sm:basis-auto ${group.standing > 0 ? INK.failed : "text-ink-2"}`}
            >
              {sentence(group.kind)}
            </span>
            <span
              className={`w-24 shrink-0 tabular max-sm:order-2 ${group.standing > 0 ? "" : "text-ink-2"}`}
            >
              {count(group.standing)} standing
            </span>
            <span
              className={`w-24 shrink-0 tabular max-sm:order-2 ${group.retried > 0 ? INK.retry : "text-ink-2"}`}
            >
              {count(group.retried)} retried
            </span>
            <span
              className="min-w-0 flex-1 basis-full truncate max-sm:order-3 text-ink-2 sm:basis-60"
              title={group.message}
            >
              {group.message}
            </span>
            <time dateTime={group.lastAt} className="text-xs text-ink-2 max-sm:order-1">
              {clock(group.lastAt, now)}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  );
}
