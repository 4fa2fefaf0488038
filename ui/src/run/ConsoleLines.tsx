import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import type { CallView, LogLevel, LogLine } from "../api/types.ts";
import { cutAt, isAtBottom } from "../models/console.ts";
import { clock, count, timeOfDay } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Button } from "../shell/ui.tsx";

interface ConsoleLinesProps {
  lines: readonly LogLine[];
  search: string;
  calls: ReadonlyMap<string, CallView>;
  empty: string;
  onOpen: (callId: string) => void;
}

/**
 * The lines in a box of fixed height. It follows what comes only while it is scrolled to its bottom;
 * whoever reads further up is left alone.
 */
export function ConsoleLines({ lines, search, calls, empty, onOpen }: ConsoleLinesProps) {
  const now = useNow();
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const [seen, setSeen] = useState(0);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised over it
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => 24,
    overscan: 20,
    paddingStart: 6,
    paddingEnd: 6,
    getItemKey: (index) => lines[index]?.position ?? index,
  });
  const height = virtual.getTotalSize();
  useLayoutEffect(() => {
    if (following && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [following, height]);
  const unread = following ? 0 : Math.max(0, lines.length - seen);
  return (
    <div className="relative">
      <div
        ref={box}
        role="log"
        aria-live="off"
        aria-label="Console lines"
        tabIndex={0}
        data-testid="console-lines"
        data-following={following}
        className="console"
        onScroll={(event) => {
          const bottom = isAtBottom(event.currentTarget);
          if (bottom === following) return;
          setFollowing(bottom);
          setSeen(lines.length);
        }}
      >
        {lines.length === 0 && <p className="px-4 py-3 font-sans text-sm text-ink-2">{empty}</p>}
        <div className="relative" style={{ height }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return line === undefined ? null : (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                data-level={line.level}
                className="console-line"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <time dateTime={line.at} title={clock(line.at, now)} className="text-ink-2">
                  {timeOfDay(line.at)}
                </time>
                <span className={`console-level ${LEVEL_INK[line.level]}`}>{line.level}</span>
                <CallId line={line} calls={calls} onOpen={onOpen} />
                <span className="console-text" title={line.source}>
                  <Found text={line.text} search={search} />
                </span>
              </div>
            );
          })}
        </div>
      </div>
      {!following && (
        <Button
          className="absolute right-6 bottom-3 shadow-raised"
          data-testid="console-follow"
          onClick={() => setFollowing(true)}
        >
          {unread === 0 ? "To the end" : `${count(unread)} new`} <span aria-hidden="true">↓</span>
        </Button>
      )}
    </div>
  );
}

const LEVEL_INK: Record<LogLevel, string> = {
  DEBUG: "text-ink-2",
  INFO: "text-in-flight-ink",
  WARN: "text-retry-ink",
  ERROR: "text-failed-ink",
};

interface CallIdProps {
  line: LogLine;
  calls: ReadonlyMap<string, CallView>;
  onOpen: (callId: string) => void;
}

function CallId({ line, calls, onOpen }: CallIdProps) {
  const { callId, epoch, attempt } = line;
  if (callId === null) return <span className="console-call text-ink-2">run</span>;
  const call = calls.get(callId);
  const place =
    call === undefined ? "" : `${call.document ?? "?"} · ${call.model ?? "?"} #${call.iteration}`;
  return (
    <>
      <button
        type="button"
        title={`${place}, epoch ${epoch}, attempt ${attempt}`}
        onClick={() => onOpen(callId)}
        className="console-call link"
      >
        {callId.slice(0, 8)}
      </button>
      <span className="console-place" aria-hidden="true">
        {place}
      </span>
    </>
  );
}

function Found({ text, search }: { text: string; search: string }) {
  return cutAt(text, search).map((piece, index) =>
    index % 2 === 1 ? (
      // Pieces have no identity of their own: the place in the line is it.
      <mark key={index}>{piece}</mark>
    ) : (
      piece
    ),
  );
}
