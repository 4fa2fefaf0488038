import { useMemo } from "react";
import type { CallView, RunView, Stats } from "../api/types.ts";
import { callsWithFailure, listedCalls, ranFor, type CallFilter } from "../models/calls.ts";
import { count, counted, duration, money } from "../models/format.ts";
import { endedOf } from "../models/runs.ts";
import { Card } from "../shell/ui.tsx";
import { CallName, Cell, LastError, StateText } from "./CallCells.tsx";
import { VirtualRows, type Column } from "./VirtualRows.tsx";

interface CallListProps {
  calls: ReadonlyMap<string, CallView>;
  run: RunView;
  filter: CallFilter;
  onFilter: (filter: CallFilter) => void;
  /** The fingerprint of an error: then its calls are listed, in whatever state. */
  error: string | null;
  onAll: () => void;
  onOpen: (callId: string) => void;
}

const HEAD: Column[] = [
  { name: "State" },
  { name: "Call" },
  { name: "Attempts", right: true },
  { name: "Duration", right: true },
  { name: "Tokens in / out", right: true },
  { name: "Cost", right: true },
  { name: "Last error" },
];

const FILTERS: { filter: CallFilter; label: string; countOf: (stats: Stats) => number }[] = [
  { filter: "FINISHED", label: "Finished", countOf: endedOf },
  { filter: "OK", label: "Ok", countOf: (stats) => stats.ok },
  { filter: "FAILED", label: "Failed", countOf: (stats) => stats.failed },
  { filter: "TIMED_OUT", label: "Timed out", countOf: (stats) => stats.timedOut },
  { filter: "CANCELLED", label: "Cancelled", countOf: (stats) => stats.cancelled },
  { filter: "SKIPPED", label: "Skipped", countOf: (stats) => stats.skipped },
  { filter: "QUEUED", label: "Queued", countOf: (stats) => stats.queued },
];

/** The calls that are not in flight, last finished first. */
export function CallList(props: CallListProps) {
  const { calls, run, filter, onFilter, error, onAll, onOpen } = props;
  const listed = useMemo(
    () =>
      error === null
        ? listedCalls(calls.values(), filter)
        : callsWithFailure(calls.values(), error),
    [calls, filter, error],
  );
  const name = error === null ? "Finished calls" : "Calls with this error";
  // The box has its height from the plan and not from what is in it, so that nothing below moves.
  const height = run.stats.planned > 9 ? "h-[32rem]" : "max-h-[32rem]";
  return (
    <Card
      id="calls"
      title={name}
      aside={
        error === null ? (
          <Filters stats={run.stats} filter={filter} onFilter={onFilter} />
        ) : (
          <button
            type="button"
            data-testid="all-calls"
            onClick={onAll}
            className="chip border-line!"
          >
            {`Only ${counted(listed.length, "call")} of one error · show all`}
          </button>
        )
      }
    >
      {listed.length === 0 ? (
        <p className={`border-t border-line px-4 py-4 text-ink-2 ${height}`}>
          {filter === "FINISHED" && error === null
            ? "No call has finished yet."
            : "No call is in this state."}
        </p>
      ) : (
        <VirtualRows
          label={name}
          items={listed}
          keyOf={(call) => call.callId}
          head={HEAD}
          layout="done-row"
          height={height}
          row={(call) => <FinishedCall call={call} onOpen={onOpen} />}
        />
      )}
    </Card>
  );
}

interface FiltersProps {
  stats: Stats;
  filter: CallFilter;
  onFilter: (filter: CallFilter) => void;
}

function Filters({ stats, filter, onFilter }: FiltersProps) {
  return (
    <div role="group" aria-label="Show calls by state" className="flex flex-wrap gap-1">
      {FILTERS.map((each) => (
        <button
          key={each.filter}
          type="button"
          aria-pressed={each.filter === filter}
          onClick={() => onFilter(each.filter)}
          className="chip"
        >
          {each.label} <span className="tabular">{count(each.countOf(stats))}</span>
        </button>
      ))}
    </div>
  );
}

function FinishedCall({ call, onOpen }: { call: CallView; onOpen: (callId: string) => void }) {
  const ran = ranFor(call);
  return (
    <>
      <Cell area="state">
        <StateText state={call.state} />
      </Cell>
      <Cell area="call">
        <CallName call={call} onOpen={onOpen} />
      </Cell>
      <Cell area="attempts" className="tabular min-[900px]:text-right">
        {call.attempts}
        <span className="text-ink-2 min-[900px]:hidden">
          {call.attempts === 1 ? " attempt" : " attempts"}
        </span>
      </Cell>
      <Cell area="duration" className="text-right whitespace-nowrap tabular">
        {ran === null ? "–" : duration(ran)}
      </Cell>
      <Cell
        area="tokens"
        className="text-right whitespace-nowrap text-ink-2 tabular max-[899px]:hidden"
      >
        {`${count(call.usage.inputTokens)} / ${count(call.usage.outputTokens)}`}
      </Cell>
      <Cell area="cost" className="text-right tabular">
        {money(call.costUsd)}
      </Cell>
      <Cell area="error">
        <LastError call={call} />
      </Cell>
    </>
  );
}
