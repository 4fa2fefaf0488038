import { useMemo, useState } from "react";
import type { CallView, Limits, RunView } from "../api/types.ts";
import { ageOf, isRetrying, progressText, waitingFor, type Age } from "../models/calls.ts";
import { count, counted, duration } from "../models/format.ts";
import { queuesOf } from "../models/lanes.ts";
import { activeCalls, attemptAgeOf, isStuck } from "../models/urgency.ts";
import { useNow } from "../shell/now.ts";
import { Card, Dot, INK } from "../shell/ui.tsx";
import { useLanes } from "./useLanes.ts";
import { CallName, Cell, LastError } from "./CallCells.tsx";
import { VirtualRows, type Column } from "./VirtualRows.tsx";

interface ActiveCallsProps {
  calls: ReadonlyMap<string, CallView>;
  run: RunView;
  onOpen: (callId: string) => void;
}

const HEAD: Column[] = [
  { name: "Call" },
  { name: "Attempt" },
  { name: "Age" },
  { name: "Waiting for" },
  { name: "Worker" },
  { name: "Active error" },
];

/** What runs right now; stuck, retrying and oldest first. Its height follows the limit, not its length. */
export function ActiveCalls({ calls, run, onOpen }: ActiveCallsProps) {
  const now = useNow();
  const active = useMemo(
    () => activeCalls(calls.values(), now, run.limits.attemptTimeout),
    [calls, now, run.limits.attemptTimeout],
  );
  // Whoever watched the run end keeps the page as it is: nothing below jumps up.
  const [wasOpen] = useState(run.status !== "FINISHED");
  const height = heightOf(run);
  const released = active.filter((call) => call.state === "DISPATCHED").length;
  const aside = run.stats.queued > 0 && (
    <span className="text-ink-2 tabular">
      {`${counted(run.stats.queued, "call")} queued${released > 0 ? `, ${count(released)} of them released` : ""}`}
    </span>
  );
  return (
    <Card id="active" title={<Title count={run.stats.inFlight} />} aside={aside}>
      {(wasOpen || run.status !== "FINISHED") && <Queues run={run} now={now} />}
      {run.status === "FINISHED" && active.length === 0 ? (
        <p className={`border-t border-line px-4 py-4 text-ink-2 ${wasOpen ? height : ""}`}>
          The run has ended; no call is in flight.
        </p>
      ) : (
        <VirtualRows
          label="Calls in flight"
          items={active}
          keyOf={(call) => call.callId}
          head={HEAD}
          layout="active-row"
          height={height}
          row={(call) => <ActiveCall call={call} now={now} limits={run.limits} onOpen={onOpen} />}
        />
      )}
    </Card>
  );
}

/** Room for what can be in flight at a time, as far as it can be seen at a glance. */
function heightOf({ limits, stats }: RunView): string {
  const most = Math.min(limits.concurrency, stats.planned);
  if (most <= 2) return "h-44";
  return most <= 4 ? "h-64" : "h-96";
}

/** Where the calls wait that are not under way, and what for. */
function Queues({ run, now }: { run: RunView; now: number }) {
  const lanes = useLanes(run);
  return (
    <ul
      aria-label="Queues"
      data-testid="queues"
      className="flex max-h-28 flex-wrap gap-x-6 gap-y-1 overflow-y-auto border-t border-line bg-canvas px-4 py-2 text-xs tabular"
    >
      {run.stats.queued === 0 && <li className="text-ink-2">No call waits for its release.</li>}
      {queuesOf(run, lanes, now).map((queue) => (
        <li key={queue.lane} className="inline-flex items-center gap-1.5">
          <Dot tone={queue.tone} />
          <span className="font-medium">{counted(queue.calls, "call")}</span>
          <span className={INK[queue.tone]}>{queue.text}</span>
        </li>
      ))}
    </ul>
  );
}

function Title({ count: inFlight }: { count: number }) {
  return (
    <>
      In flight <span className="ml-1 font-normal text-ink-2 tabular">{count(inFlight)}</span>
    </>
  );
}

interface ActiveCallProps {
  call: CallView;
  now: number;
  limits: Limits;
  onOpen: (callId: string) => void;
}

function ActiveCall({ call, now, limits, onOpen }: ActiveCallProps) {
  const retrying = isRetrying(call);
  const stuck = isStuck(call, now, limits.attemptTimeout);
  return (
    <>
      <Cell area="call">
        <CallName call={call} onOpen={onOpen} />
      </Cell>
      <Cell
        area="attempt"
        className={`whitespace-nowrap tabular ${retrying ? INK.retry : "text-ink-2"}`}
      >
        {attemptText(call, limits.maxAttempts)}
        {stuck && <span className={`block text-xs font-medium ${INK["timed-out"]}`}>stuck</span>}
      </Cell>
      <Cell area="age">
        <Ages whole={ageOf(call, now)} attempt={attemptAgeOf(call, now, limits.attemptTimeout)} />
      </Cell>
      <Cell area="wait" className={`tabular ${retrying ? INK.retry : INK["in-flight"]}`}>
        <Waiting call={call} now={now} />
      </Cell>
      <Cell area="worker" className="truncate font-mono text-xs text-ink-2">
        {call.workerId ?? "no worker"}
      </Cell>
      <Cell area="error">
        <LastError call={call} />
      </Cell>
    </>
  );
}

function Waiting({ call, now }: { call: CallView; now: number }) {
  const text = waitingFor(call, now);
  const share = text === progressText(call) ? (call.progress?.share ?? null) : null;
  return (
    <>
      <span className="block truncate" title={text}>
        {text}
      </span>
      {share !== null && <Share share={share} />}
    </>
  );
}

function Share({ share }: { share: number }) {
  return (
    <span aria-hidden="true" className="mt-1 block h-1 overflow-hidden rounded-full bg-sunken">
      <span
        className="block h-full rounded-full bg-ok transition-[width]"
        style={{ width: `${Math.min(1, share) * 100}%` }}
      />
    </span>
  );
}

function attemptText(call: CallView, maxAttempts: number): string {
  if (call.attempt === 0) return "–";
  return `${call.attempt} of ${maxAttempts}`;
}

/** The whole call against its deadline, and below it the attempt against its own time. */
function Ages({ whole, attempt }: { whole: Age; attempt: Age | null }) {
  return (
    <div className="grid gap-1">
      <AgeBar age={whole} />
      <span className="text-xs text-ink-2">
        {attempt === null ? "between attempts" : `attempt ${ageText(attempt)}`}
      </span>
    </div>
  );
}

function AgeBar({ age }: { age: Age }) {
  return (
    <>
      <span className="text-xs whitespace-nowrap tabular">{ageText(age)}</span>
      <span aria-hidden="true" className="block h-1 overflow-hidden rounded-full bg-sunken">
        <span
          className={`block h-full rounded-full ${age.share > 0.8 ? "bg-timed-out" : "bg-in-flight"}`}
          style={{ width: `${age.share * 100}%` }}
        />
      </span>
    </>
  );
}

function ageText({ ms, limitMs }: Age): string {
  return limitMs === null ? duration(ms) : `${duration(ms)} of ${duration(limitMs)}`;
}
