import type { CallView } from "../api/types.ts";
import { clock, count, counted, money, words } from "../models/format.ts";
import { Part, Row, Rows } from "./parts.tsx";

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

/** What each epoch used; told only when there is more than one, for the sum stands in the summary. */
export function Spends({ call }: { call: CallView }) {
  const epochs = Object.entries(call.spendByEpoch);
  if (epochs.length < 2) return null;
  return (
    <Part title="Cost by epoch">
      <Rows>
        {epochs.map(([epoch, { costUsd, attempts, usage }]) => (
          <Row key={epoch} name={`Epoch ${epoch}`}>
            {`${money(costUsd)} for ${counted(attempts, "request")}, ${count(usage.inputTokens)} tokens in, ${count(usage.outputTokens)} out`}
          </Row>
        ))}
      </Rows>
    </Part>
  );
}

/** Events that the fold could not place; none in a run that is in order. */
export function Anomalies({ call }: { call: CallView }) {
  if (call.anomalies.length === 0) return null;
  return (
    <Part title="Anomalies">
      <ul className="flex flex-col gap-1 text-timed-out-ink">
        {call.anomalies.map(({ eventId, type, what }) => (
          <li key={eventId}>{`${type}: ${what}`}</li>
        ))}
      </ul>
    </Part>
  );
}
