import { useMemo } from "react";
import { duration } from "../models/format.ts";
import { CallName, Cell, StateText } from "../run/CallCells.tsx";
import { VirtualRows, type Column } from "../run/VirtualRows.tsx";
import { sumsOf, spansText } from "./kinds.ts";
import type { Layout } from "./layout.ts";
import { timesOf } from "./releases.ts";
import { spansOf } from "./spans.ts";

interface TimelineTableProps {
  layout: Layout;
  origin: number;
  now: number;
  onOpen: (callId: string) => void;
}

const HEAD: Column[] = [
  { name: "Call" },
  { name: "Group" },
  { name: "State" },
  { name: "Released after", right: true },
  { name: "Waited", right: true },
  { name: "Ran", right: true },
  { name: "What happened" },
];

/** The same rows as the chart, in words. */
export function TimelineTable({ layout, origin, now, onOpen }: TimelineTableProps) {
  const items = useMemo(
    () => layout.rows.flatMap(({ group, bars }) => bars.map((bar) => ({ ...bar, group }))),
    [layout],
  );
  return (
    <VirtualRows
      label="Timeline as a table"
      items={items}
      keyOf={({ call }) => call.callId}
      head={HEAD}
      layout="time-row"
      height="h-full"
      row={({ call, group }) => {
        const { released } = timesOf(call);
        const spans = spansOf(call, now);
        const { waited, ran } = sumsOf(spans);
        const text = spansText(spans);
        return (
          <>
            <Cell area="call">
              <CallName call={call} onOpen={onOpen} />
            </Cell>
            <Cell area="group" className="truncate text-ink-2">
              {group}
            </Cell>
            <Cell area="state">
              <StateText state={call.state} />
            </Cell>
            <Cell area="begin" className="max-[899px]:hidden text-right whitespace-nowrap tabular">
              {released === null ? "–" : duration(released - origin)}
            </Cell>
            <Cell
              area="waited"
              className="max-[899px]:hidden text-right whitespace-nowrap text-ink-2 tabular"
            >
              {duration(waited)}
            </Cell>
            <Cell area="ran" className="text-right whitespace-nowrap tabular">
              {duration(ran)}
            </Cell>
            <Cell area="text" className="truncate text-xs text-ink-2">
              <span title={text}>{text === "" ? "–" : text}</span>
            </Cell>
          </>
        );
      }}
    />
  );
}
