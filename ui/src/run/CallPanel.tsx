import type { ReactNode } from "react";
import { artifactUrl } from "../api/queries.ts";
import type { CallView } from "../api/types.ts";
import { ageOf, waitingFor } from "../models/calls.ts";
import {
  bytes,
  clock,
  count,
  duration,
  isoDuration,
  money,
  sentence,
  words,
} from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Badge, Button, INK } from "../shell/ui.tsx";
import { useDialog } from "../shell/useDialog.ts";
import { kindWithStatus, stateLabel } from "./CallCells.tsx";

interface CallPanelProps {
  callId: string;
  call: CallView | undefined;
  maxAttempts: number | null;
  onClose: () => void;
}

/** Everything that is known of one call, beside the run that goes on behind it. */
export function CallPanel({ callId, call, maxAttempts, onClose }: CallPanelProps) {
  const dialog = useDialog();
  return (
    <dialog
      ref={dialog}
      aria-labelledby="call-title"
      data-testid="call-panel"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="panel-in my-0 mr-0 ml-auto h-dvh max-h-none w-[min(42rem,100vw)] max-w-none overflow-y-auto overscroll-contain border-l border-line bg-surface text-sm text-ink shadow-raised"
    >
      <div className="sticky top-0 z-10 flex items-start gap-3 border-b border-line bg-surface px-5 py-4">
        <div className="min-w-0 flex-1">
          <h2 id="call-title" className="text-base font-semibold wrap-anywhere">
            {call?.document ?? "Unknown call"}
          </h2>
          {call !== undefined && (
            <p className="mt-0.5 font-mono text-xs text-ink-2 wrap-anywhere">
              {`${call.model ?? "unknown model"} · iteration ${call.iteration}`}
            </p>
          )}
        </div>
        {call !== undefined && <Badge label={stateLabel(call.state)} />}
        <Button onClick={onClose} aria-label="Close the details">
          Close
        </Button>
      </div>
      {call === undefined ? (
        <p className="px-5 py-6 text-ink-2">
          This run has no call <code className="font-mono text-ink wrap-anywhere">{callId}</code>.
        </p>
      ) : (
        <CallDetails call={call} maxAttempts={maxAttempts} />
      )}
    </dialog>
  );
}

function CallDetails({ call, maxAttempts }: { call: CallView; maxAttempts: number | null }) {
  const now = useNow();
  return (
    <div className="flex flex-col divide-y divide-line">
      <Facts call={call} maxAttempts={maxAttempts} now={now} />
      <Attempts call={call} now={now} />
      {call.preview !== null && (
        <Part title="Preview">
          <pre className="max-h-80 overflow-y-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
            {call.preview}
          </pre>
        </Part>
      )}
      <Artifacts call={call} />
      <Times call={call} now={now} />
      <Part title="Identity">
        <Rows>
          <Row name="Call" mono>
            {call.callId}
          </Row>
          <Row name="Worker" mono>
            {call.workerId ?? "none"}
          </Row>
          <Row name="Phase">{call.phase === null ? "unknown" : sentence(call.phase)}</Row>
          <Row name="Epoch">{call.epoch}</Row>
          <Row name="Version">{`event ${count(call.version)}`}</Row>
        </Rows>
      </Part>
    </div>
  );
}

function Facts({
  call,
  maxAttempts,
  now,
}: {
  call: CallView;
  maxAttempts: number | null;
  now: number;
}) {
  const { ms, limitMs } = ageOf(call, now);
  const { usage } = call;
  return (
    <Part title="Summary">
      <Rows>
        <Row name="State">
          {call.finishedAt === null ? waitingFor(call, now) : stateLabel(call.state).text}
        </Row>
        <Row name="Attempt">
          {maxAttempts === null ? `${call.attempt}` : `${call.attempt} of ${maxAttempts}`}
        </Row>
        <Row name="Age">
          {limitMs === null ? duration(ms) : `${duration(ms)} of ${duration(limitMs)}`}
        </Row>
        <Row name="Requests sent">{count(call.attempts)}</Row>
        <Row name="Cost">{money(call.costUsd)}</Row>
        <Row name="Tokens">
          {`${count(usage.inputTokens)} in (${count(usage.cachedTokens)} cached), ${count(usage.outputTokens)} out (${count(usage.reasoningTokens)} reasoning)`}
        </Row>
        {call.late.length > 0 && <Row name="Late results">{count(call.late.length)}</Row>}
      </Rows>
    </Part>
  );
}

/** The attempts that failed, in order; the last error is red only while it stands. */
function Attempts({ call, now }: { call: CallView; now: number }) {
  const standing = call.lastError?.active === true ? call.lastError : null;
  if (call.retries.length === 0 && standing === null) return null;
  return (
    <Part title="Failed attempts">
      <ol className="flex flex-col gap-3">
        {call.retries.map((retry) => (
          <li key={`${retry.epoch}-${retry.attempt}`} className="border-l-2 border-retry pl-3">
            <p className="flex flex-wrap gap-x-3">
              <span className="font-medium">{`Attempt ${retry.attempt - 1}`}</span>
              <span className={INK.retry}>{kindWithStatus(retry.cause, retry.httpStatus)}</span>
              <time dateTime={retry.at} className="ml-auto text-xs text-ink-2">
                {clock(retry.at, now)}
              </time>
            </p>
            <p className="text-ink-2 wrap-anywhere">{retry.message}</p>
            <p className="text-xs text-ink-2 tabular">
              {`next after ${isoDuration(retry.delay)}, ${isoDuration(retry.remainingBudget)} left of the deadline`}
            </p>
          </li>
        ))}
        {standing !== null && (
          <li className="border-l-2 border-failed pl-3">
            <p className="flex flex-wrap gap-x-3">
              <span className="font-medium">{`Attempt ${standing.attempt}`}</span>
              <span className={INK.failed}>
                {kindWithStatus(standing.kind, standing.httpStatus)}
              </span>
              <time dateTime={standing.at} className="ml-auto text-xs text-ink-2">
                {clock(standing.at, now)}
              </time>
            </p>
            <p className="wrap-anywhere">{standing.message}</p>
          </li>
        )}
      </ol>
    </Part>
  );
}

function Artifacts({ call }: { call: CallView }) {
  if (call.artifacts.length === 0) return null;
  return (
    <Part title="Artifacts">
      <ul className="flex flex-col gap-1">
        {call.artifacts.map((artifact) => (
          <li
            key={`${artifact.role}-${artifact.epoch}-${artifact.attempt}`}
            className="flex flex-wrap items-baseline gap-x-3"
          >
            <a
              href={artifactUrl(artifact.ref.sha256)}
              className="leading-[24px] font-medium underline decoration-line-strong underline-offset-2"
            >
              {`${sentence(artifact.role)} of attempt ${artifact.attempt}`}
            </a>
            <span className="text-xs text-ink-2 tabular">{`${bytes(artifact.ref.size)}, ${artifact.ref.mediaType}`}</span>
            <code className="font-mono text-xs text-ink-2">{artifact.ref.sha256.slice(0, 12)}</code>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Times({ call, now }: { call: CallView; now: number }) {
  const times = [
    ["Queued", call.queuedAt],
    ["Dispatched", call.dispatchedAt],
    ["Started", call.startedAt],
    ["Next attempt", call.nextAttemptAt],
    ["Deadline", call.deadlineAt],
    ["Finished", call.finishedAt],
    [`Enforced by the ${words(call.enforcedBy ?? "nobody")}`, call.enforcedAt],
  ] as const;
  return (
    <Part title="Times">
      <Rows>
        {times.map(([name, at]) =>
          at === null ? null : (
            <Row key={name} name={name}>
              <time dateTime={at} title={at}>
                {clock(at, now)}
              </time>
            </Row>
          ),
        )}
      </Rows>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="px-5 py-4">
      <h3 className="mb-2 font-medium">{title}</h3>
      {children}
    </section>
  );
}

function Rows({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[minmax(6.5rem,auto)_1fr] gap-x-6 gap-y-1">{children}</dl>;
}

function Row({
  name,
  mono = false,
  children,
}: {
  name: string;
  mono?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="contents">
      <dt className="text-ink-2">{name}</dt>
      <dd className={`min-w-0 wrap-anywhere tabular ${mono ? "font-mono text-xs leading-5" : ""}`}>
        {children}
      </dd>
    </div>
  );
}
