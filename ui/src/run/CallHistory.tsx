import { artifactUrl } from "../api/queries.ts";
import type { CallView } from "../api/types.ts";
import { bytes, clock, isoDuration, sentence, words } from "../models/format.ts";
import { INK } from "../shell/ui.tsx";
import { kindWithStatus } from "./CallCells.tsx";
import { Part, Row, Rows } from "./parts.tsx";

/** The attempts that failed, in order; the last error is red only while it stands. */
export function Attempts({ call, now }: { call: CallView; now: number }) {
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

export function Artifacts({ call }: { call: CallView }) {
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

export function Times({ call, now }: { call: CallView; now: number }) {
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
