import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { explain } from "../api/http.ts";
import { count, counted } from "../models/format.ts";
import { SidePanel } from "../run/SidePanel.tsx";
import { Button, Dot } from "../shell/ui.tsx";
import { amount, balanceOf, type Balance } from "./balance.ts";
import { HistoryRows } from "./HistoryRows.tsx";
import { historyQuery } from "./historyQuery.ts";
import { filterOf, meaningOf, titleOf, type NumberSource } from "./numbers.ts";
import { valueOf, type Held } from "./values.ts";
import { weigh } from "./weigh.ts";

interface HistoryPanelProps {
  source: NumberSource;
  /** The run as the page has it now. */
  current: Held;
  onClose: () => void;
  onOpen: (callId: string) => void;
}

/** So many events are read at once, without being asked for: as much as a person looks through. */
const READ_AT_ONCE = 2_000;

/**
 * The events that made a number, and whether they do. Number and events are those of one moment, so
 * that they can be compared while the run goes on behind.
 */
export function HistoryPanel({ source, current, onClose, onOpen }: HistoryPanelProps) {
  const [held, setHeld] = useState(current);
  const history = useHistory(source, held);
  const { events, complete } = history;
  const value = useMemo(() => valueOf(source, held), [source, held]);
  const weighing = useMemo(() => weigh(source, events, held), [source, events, held]);
  const { unit } = meaningOf(source.number);
  const balance = useMemo(
    () => (complete && value !== null ? balanceOf(value, weighing, source, held) : null),
    [complete, value, weighing, source, held],
  );
  const goesOn = current.asOf.offset > held.asOf.offset;
  return (
    <SidePanel
      id="history"
      title={titleOf(source)}
      aside={
        <span className="text-lg leading-8 font-semibold tabular" data-testid="history-value">
          {value === null ? "–" : amount(value, unit)}
        </span>
      }
      onClose={onClose}
      scrolls={false}
    >
      <div className="flex flex-col gap-1 border-b border-line px-5 py-3">
        {balance === null ? (
          <p
            className="text-ink-2 tabular"
            role={history.error === null && !complete ? undefined : "status"}
          >
            {history.error === null
              ? `${counted(events.length, "event")} read so far, they add up to ${amount(weighing.sum, unit)}`
              : `The events cannot be read: ${explain(history.error)}`}
          </p>
        ) : (
          <Told balance={balance} />
        )}
        <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2 tabular">
          <span>{`As of event ${count(held.asOf.offset)}${goesOn ? "; the run has gone on since" : ""}`}</span>
          {(goesOn || history.error !== null || balance?.agrees === false) && (
            <Button
              className="min-h-7 px-2 text-xs"
              onClick={() => {
                setHeld(current);
                if (!goesOn) history.again();
              }}
            >
              Read again
            </Button>
          )}
        </div>
      </div>
      <HistoryRows
        items={weighing.items}
        unit={unit}
        calls={held.calls}
        onOpen={onOpen}
        onEnd={history.more}
      />
      {history.hasMore && events.length >= READ_AT_ONCE && (
        <div className="border-t border-line px-5 py-2">
          <Button aria-disabled={history.reading} onClick={history.more}>
            {history.reading ? "Reading…" : "Read more"}
          </Button>
        </div>
      )}
    </SidePanel>
  );
}

function Told({ balance: { agrees, told, reasons } }: { balance: Balance }) {
  return (
    <div role="status" data-testid="history-balance" data-agrees={agrees}>
      <p className="flex items-center gap-2 font-medium tabular">
        <Dot tone={agrees ? "ok" : "timed-out"} />
        {agrees ? `${told}, as the number says` : `${told}; the number says otherwise`}
      </p>
      {reasons.length > 0 && (
        <ul className="mt-1 flex flex-col gap-0.5 pl-3.5 text-xs text-ink-2 tabular">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function useHistory(source: NumberSource, held: Held) {
  const filter = useMemo(() => filterOf(source), [source]);
  const query = useInfiniteQuery(historyQuery(held.run.runId, filter, held.asOf.offset));
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = query;
  const events = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const hurry = events.length < READ_AT_ONCE;
  useEffect(() => {
    if (hurry) more();
  }, [hurry, more]);
  return {
    events,
    error,
    complete: data !== undefined && !hasNextPage && error === null,
    hasMore: hasNextPage,
    reading: isFetching,
    more,
    again: () => void refetch(),
  };
}
