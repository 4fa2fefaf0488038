import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { RunView, SubmittedRun } from "../api/types.ts";
import { FiguresContext } from "../history/Figure.tsx";
import { HistoryPanel } from "../history/HistoryPanel.tsx";
import type { NumberSource } from "../history/numbers.ts";
import { searchFor, sourceIn } from "../history/search.ts";
import { iconOf, titleOf } from "../models/runs.ts";
import { Scores } from "../scores/Scores.tsx";
import { Notice, Skeleton } from "../shell/ui.tsx";
import { useTabState } from "../shell/useTabState.ts";
import type { Connection } from "../stream/connection.ts";
import type { RunFeed } from "../stream/fold.ts";
import { acceptedRunKey, useRunStream } from "../stream/useRunStream.ts";
import { ActiveCalls } from "./ActiveCalls.tsx";
import { Announcer } from "./Announcer.tsx";
import { CallPanel } from "./CallPanel.tsx";
import { CallList } from "./CallList.tsx";
import { Console } from "./Console.tsx";
import { Failures } from "./Failures.tsx";
import { Models } from "./Models.tsx";
import { LiveStats } from "./LiveStats.tsx";
import { Pace } from "./Pace.tsx";
import { RunHeader } from "./RunHeader.tsx";
import { type RunSearch, type SearchChange } from "./search.ts";
import { SpecSection } from "./SpecSection.tsx";
import { TimelineSection } from "../timeline/TimelineSection.tsx";
import { SectionBar } from "./SectionBar.tsx";
import { StatsTables } from "./StatsTables.tsx";

interface RunPageProps {
  runId: string;
  search: RunSearch;
  /** Changes the address; the same function as long as the page is there. */
  go: (change: SearchChange) => void;
}

/** One run, drawn from its feed; where the frames come from is not known here. */
export function RunPage({ runId, search, go }: RunPageProps) {
  const { shown: feed, connection } = useRunStream(runId);
  if (connection.kind === "gone") return <UnknownRun runId={runId} />;
  if (feed.run === null) return <Arriving runId={runId} connection={connection} />;
  return <LoadedRun run={feed.run} feed={feed} connection={connection} search={search} go={go} />;
}

interface LoadedRunProps extends Omit<RunPageProps, "runId"> {
  run: RunView;
  feed: RunFeed;
  connection: Connection;
}

function LoadedRun({ run, feed, connection, search, go }: LoadedRunProps) {
  useTabState(titleOf(run), iconOf(run));
  const open = useCallback((call: string) => go({ call }), [go]);
  const figures = useMemo(
    () => ({ runId: run.runId, onShow: (source: NumberSource) => go(searchFor(source)) }),
    [run.runId, go],
  );
  const number = sourceIn(search);
  return (
    <FiguresContext value={figures}>
      <div className="flex flex-col gap-4">
        <Announcer run={run} connection={connection} />
        <RunHeader run={run} feed={feed} connection={connection} />
        <SectionBar run={run} />
        <LiveStats stats={run.stats} />
        <Pace run={run} calls={feed.calls} />
        <ActiveCalls calls={feed.calls} run={run} onOpen={open} />
        <Scores
          run={run}
          document={search.doc ?? null}
          beside={search.beside ?? null}
          onShow={(doc, beside) => go({ doc, beside: beside ?? null })}
          onClose={() => go({ doc: null, beside: null })}
        />
        <TimelineSection run={run} calls={feed.calls} onOpen={open} />
        <Failures
          calls={feed.calls}
          chosen={search.error ?? null}
          onChoose={(error) => {
            go({ error });
            document.getElementById("calls-title")?.scrollIntoView({ block: "center" });
          }}
        />
        <CallList
          calls={feed.calls}
          run={run}
          filter={search.show ?? "FINISHED"}
          onFilter={(show) => go({ show })}
          error={search.error ?? null}
          onAll={() => go({ error: null })}
          onOpen={open}
        />
        <Console
          run={run}
          calls={feed.calls}
          callId={search.log ?? null}
          onCall={(log) => go({ log })}
          onOpen={open}
        />
        <Models run={run} calls={feed.calls} />
        <StatsTables run={run} />
        {run.spec !== null && <SpecSection spec={run.spec} limits={run.limits} />}
        {number !== null && (
          <HistoryPanel
            key={JSON.stringify(number)}
            source={number}
            current={{ run, calls: feed.calls, asOf: feed.asOf ?? run.asOf }}
            onClose={() => go(searchFor(null))}
            onOpen={open}
          />
        )}
        {search.call !== undefined && (
          <CallPanel
            key={search.call}
            callId={search.call}
            calls={feed.calls}
            run={run}
            onClose={() => go({ call: null })}
            onOpen={open}
            onConsole={(log) => {
              go({ ...searchFor(null), call: null, log });
              document.getElementById("console")?.scrollIntoView();
            }}
          />
        )}
      </div>
    </FiguresContext>
  );
}

/** Before the first snapshot: the shape of the page, and the name when this browser started it. */
function Arriving({ runId, connection }: { runId: string; connection: Connection }) {
  const accepted = useQueryClient().getQueryData<SubmittedRun>(acceptedRunKey(runId));
  useTabState(accepted?.spec.name ?? "Run", "idle");
  return (
    <div className="flex flex-col gap-4" aria-busy="true">
      <h1 className="text-xl font-semibold">{accepted?.spec.name ?? "Run"}</h1>
      <p role="status" className="text-ink-2">
        {connection.kind === "connecting" ? "Connecting to the run…" : "Reading the run…"}
      </p>
      <Skeleton className="h-24" />
      <Skeleton className="h-28" />
      <Skeleton className="h-64" />
    </div>
  );
}

function UnknownRun({ runId }: { runId: string }) {
  useTabState("Unknown run", "idle");
  return (
    <div className="card">
      <Notice title="There is no such run" alert>
        <p>
          The gateway knows no run of this id:
          <code className="mt-1 block font-mono break-all text-ink">{runId}</code>
        </p>
        <Link to="/" className="font-medium text-ink underline underline-offset-2">
          All runs
        </Link>
      </Notice>
    </div>
  );
}
