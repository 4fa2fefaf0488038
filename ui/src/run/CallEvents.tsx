import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { explain } from "../api/http.ts";
import { callEventsQuery } from "../api/queries.ts";
import type { CallView, RawEvent } from "../api/types.ts";
import { clock, count } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Chevron } from "../shell/ui.tsx";

/** The facts that made this call, as they stand in the log; read only when somebody looks. */
export function CallEvents({ call }: { call: CallView }) {
  const [open, setOpen] = useState(false);
  const { runId, callId, version } = call;
  const events = useQuery({ ...callEventsQuery(runId, callId, version), enabled: open });
  return (
    <details
      className="group/events px-5 py-4"
      data-testid="call-events"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex items-center gap-2 font-medium select-none">
        <Chevron className="group-open/events:rotate-90" />
        Raw events
        {events.data !== undefined && (
          <span className="font-normal text-ink-2 tabular">{count(events.data.items.length)}</span>
        )}
      </summary>
      {events.isError && (
        <p role="alert" className="mt-3 text-failed-ink">
          {`They cannot be read: ${explain(events.error)}`}
        </p>
      )}
      {events.isLoading && <p className="mt-3 text-ink-2">Reading…</p>}
      {events.data !== undefined && (
        <ol className="mt-3 overflow-hidden rounded-md border border-line">
          {events.data.items.map((event) => (
            <EventItem key={`${event.partition}.${event.offset}`} event={event} />
          ))}
        </ol>
      )}
    </details>
  );
}

function EventItem({ event }: { event: RawEvent }) {
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
        <p className="px-3 pb-1 text-xs text-ink-2 wrap-anywhere">
          {`by ${producer.service} ${producer.instance}, build ${producer.buildId}`}
        </p>
        <pre
          tabIndex={0}
          role="region"
          aria-label="The event as it is in the log"
          className="max-h-96 overflow-auto border-t border-line bg-sunken p-3 font-mono text-xs whitespace-pre-wrap wrap-anywhere"
        >
          {JSON.stringify(event.event, null, 2)}
        </pre>
      </details>
    </li>
  );
}
