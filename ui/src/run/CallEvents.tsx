import { explain } from "../api/http.ts";
import type { HistoryEvent } from "../history/events.ts";
import { RawFact } from "../history/RawFact.tsx";
import { clock, count } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Chevron } from "../shell/ui.tsx";

interface CallEventsProps {
  events: readonly HistoryEvent[];
  error: Error | null;
}

/** The facts that made this call, as they stand in the log. */
export function CallEvents({ events, error }: CallEventsProps) {
  return (
    <details className="group/events px-5 py-4" data-testid="call-events">
      <summary className="flex items-center gap-2 font-medium select-none">
        <Chevron className="group-open/events:rotate-90" />
        Raw events
        <span className="font-normal text-ink-2 tabular">{count(events.length)}</span>
      </summary>
      {error !== null && (
        <p role="alert" className="mt-3 text-failed-ink">
          {`They cannot be read: ${explain(error)}`}
        </p>
      )}
      {error === null && events.length === 0 && <p className="mt-3 text-ink-2">Reading…</p>}
      {events.length > 0 && (
        <ol className="mt-3 overflow-hidden rounded-md border border-line">
          {events.map((event) => (
            <EventItem key={`${event.partition}.${event.offset}`} event={event} />
          ))}
        </ol>
      )}
    </details>
  );
}

function EventItem({ event }: { event: HistoryEvent }) {
  const now = useNow();
  const { partition, offset, type, producer } = event;
  return (
    <li className="border-line not-first:border-t">
      <details className="group/event">
        <summary className="flex flex-wrap items-baseline gap-x-3 px-3 py-1.5 select-none hover:bg-hover">
          <Chevron className="self-center group-open/event:rotate-90" />
          <span className="font-medium">{type}</span>
          <span className="font-mono text-xs text-ink-2">{`${partition}:${offset}`}</span>
          <time dateTime={event.at} title={event.at} className="ml-auto text-xs text-ink-2 tabular">
            {clock(event.at, now)}
          </time>
        </summary>
        <RawFact event={event.event} producer={producer} />
      </details>
    </li>
  );
}
