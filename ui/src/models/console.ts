import type { LogLevel, LogLine, LogPage } from "../api/types.ts";

/** The console lines of a run as far as they were read, oldest first. */
export interface ConsoleLog {
  readonly lines: readonly LogLine[];
  /** Where to go on reading; null before the first page. */
  readonly next: string | null;
  /** Lines that were read and let go again, to bound the memory. */
  readonly dropped: number;
}

export const EMPTY_LOG: ConsoleLog = { lines: [], next: null, dropped: 0 };

/** More lines than anyone reads on a page; the whole is in the download. */
export const MOST_LINES = 50_000;

/** Dropped in pieces, so that a full log is not copied for each line. */
const SLACK = 10_000;

export function withPage(log: ConsoleLog, page: LogPage): ConsoleLog {
  if (page.items.length === 0) return page.next === log.next ? log : { ...log, next: page.next };
  const lines = [...log.lines, ...page.items];
  const over = lines.length > MOST_LINES + SLACK ? lines.length - MOST_LINES : 0;
  return {
    lines: over === 0 ? lines : lines.slice(over),
    next: page.next,
    dropped: log.dropped + over,
  };
}

export const LEVELS: readonly LogLevel[] = ["DEBUG", "INFO", "WARN", "ERROR"];

export interface LineFilter {
  /** The least level to show. */
  level: LogLevel;
  /** Any case, anywhere in the text, the source or the id of the call. */
  text: string;
  callId: string | null;
}

export function filterLines(lines: readonly LogLine[], filter: LineFilter): readonly LogLine[] {
  const least = LEVELS.indexOf(filter.level);
  const wanted = filter.text.trim().toLowerCase();
  if (least === 0 && wanted === "" && filter.callId === null) return lines;
  return lines.filter(
    (line) =>
      LEVELS.indexOf(line.level) >= least &&
      (filter.callId === null || line.callId === filter.callId) &&
      (wanted === "" || says(line, wanted)),
  );
}

function says(line: LogLine, wanted: string): boolean {
  return (
    line.text.toLowerCase().includes(wanted) ||
    line.source.toLowerCase().includes(wanted) ||
    (line.callId?.toLowerCase().includes(wanted) ?? false)
  );
}

/** The text cut at what was searched: the odd pieces are hits. */
export function cutAt(text: string, search: string): string[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return [text];
  const low = text.toLowerCase();
  const pieces: string[] = [];
  let from = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...pieces, text.slice(from)];
}

/** Whether a box is scrolled to its bottom: then, and only then, it follows what comes. */
export function isAtBottom(box: {
  scrollTop: number;
  scrollHeight: number;
  clientHeight: number;
}): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < 24;
}
