import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { explain } from "../api/http.ts";
import { logFileUrl, logQuery } from "../api/queries.ts";
import type { CallView, LogLevel, RunView } from "../api/types.ts";
import { EMPTY_LOG, filterLines, LEVELS } from "../models/console.ts";
import { count, counted, sentence } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Button, BUTTON, BUTTON_SHAPE, Card } from "../shell/ui.tsx";
import { useVisible } from "../shell/useVisible.ts";
import { ConsoleLines } from "./ConsoleLines.tsx";

interface ConsoleProps {
  run: RunView;
  calls: ReadonlyMap<string, CallView>;
  /** Only the lines of this call; null for all. */
  callId: string | null;
  onCall: (callId: string | null) => void;
  onOpen: (callId: string) => void;
}

/** What the run says of itself, line by line. It never moves the page that it is part of. */
export function Console({ run, calls, callId, onCall, onOpen }: ConsoleProps) {
  const place = useRef<HTMLDivElement>(null);
  const log = useLog(run, useVisible(place));
  const [level, setLevel] = useState<LogLevel>("INFO");
  const [search, setSearch] = useState("");
  const text = useDeferredValue(search);
  const { lines, dropped } = log.data ?? EMPTY_LOG;
  const shown = useMemo(
    () => filterLines(lines, { level, text, callId }),
    [lines, level, text, callId],
  );
  return (
    <div ref={place}>
      <Card
        id="console"
        title={
          <>
            Console{" "}
            <span className="ml-1 font-normal text-ink-2 tabular" data-testid="console-count">
              {shown.length === lines.length
                ? count(lines.length)
                : `${count(shown.length)} of ${count(lines.length)}`}
            </span>
          </>
        }
        aside={
          <a
            href={logFileUrl(run.runId)}
            download
            className={`${BUTTON_SHAPE} ${BUTTON.quiet} min-h-7 px-2 text-xs`}
          >
            Download log.txt
          </a>
        }
      >
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2">
          <LevelPicker level={level} onLevel={setLevel} />
          <input
            type="search"
            aria-label="Search the console"
            placeholder="Search text, worker or call"
            className="field min-h-8 min-w-0 flex-1 basis-48 py-1 text-xs sm:max-w-80"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          {callId !== null && (
            <Button
              className="min-h-8 max-w-full min-w-0 px-2 text-xs"
              data-testid="console-call"
              onClick={() => onCall(null)}
            >
              <span className="truncate">{`Only ${nameOf(callId, calls)}`}</span>
              <span aria-hidden="true">✕</span>
              <span className="sr-only">: show all calls</span>
            </Button>
          )}
          {dropped > 0 && (
            <span className="text-xs text-ink-2 tabular">
              {`${counted(dropped, "earlier line")} in the download only`}
            </span>
          )}
        </div>
        {log.isError && (
          <p role="alert" className="border-t border-line px-4 py-2 text-failed-ink">
            {`The console cannot be read: ${explain(log.error)}`}
          </p>
        )}
        <ConsoleLines
          // Another filter is another list: it begins at its own end.
          key={`${level} ${callId ?? ""}`}
          lines={shown}
          search={text}
          calls={calls}
          empty={emptyText(lines.length, log.isPending)}
          onOpen={onOpen}
        />
      </Card>
    </div>
  );
}

/** What is said at the end arrives after the end: so long we go on asking. */
const AFTERMATH_MS = 10_000;

function useLog(run: RunView, visible: boolean) {
  const now = useNow();
  const open = run.finishedAt === null || now < Date.parse(run.finishedAt) + AFTERMATH_MS;
  return useQuery({
    ...logQuery(run.runId),
    enabled: visible,
    refetchInterval: visible && open ? 1_000 : false,
    staleTime: open ? 0 : Infinity,
  });
}

function emptyText(held: number, pending: boolean): string {
  if (pending) return "Reading the console…";
  return held === 0 ? "Nothing has been said yet." : "No line fits the filter.";
}

function nameOf(callId: string, calls: ReadonlyMap<string, CallView>): string {
  const call = calls.get(callId);
  if (call === undefined) return callId.slice(0, 8);
  return `${call.document ?? "unknown document"} · ${call.model ?? "unknown model"} · #${call.iteration}`;
}

const LEVEL_NAMES: Record<LogLevel, string> = {
  DEBUG: "All",
  INFO: "Info",
  WARN: "Warnings",
  ERROR: "Errors",
};

function LevelPicker({ level, onLevel }: { level: LogLevel; onLevel: (level: LogLevel) => void }) {
  return (
    <div role="group" aria-label="Least level" className="flex gap-1">
      {LEVELS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === level}
          title={each === "DEBUG" ? "Every line" : `${sentence(each)} and graver`}
          onClick={() => onLevel(each)}
          className="chip"
        >
          {LEVEL_NAMES[each]}
        </button>
      ))}
    </div>
  );
}
