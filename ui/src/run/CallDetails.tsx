import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { callEventsQuery } from "../api/queries.ts";
import type { CallView, RunView } from "../api/types.ts";
import { withCall } from "../history/events.ts";
import { attemptsOf, evidenceOf, otherArtifacts } from "../models/attempts.ts";
import { ageOf, isActive, progressText, waitingFor, type Surroundings } from "../models/calls.ts";
import { ago, count, duration, money } from "../models/format.ts";
import { phaseName } from "../models/phases.ts";
import { useNow } from "../shell/now.ts";
import { CallEvents } from "./CallEvents.tsx";
import { stateLabel } from "./CallCells.tsx";
import { Artifacts } from "./Artifacts.tsx";
import { Attempts } from "./Attempts.tsx";
import { Anomalies, Spends, Times } from "./CallHistory.tsx";
import { Subject, Verdict } from "./Judged.tsx";
import { Part, Row, Rows } from "./parts.tsx";
import { Proof } from "./Proof.tsx";
import { useLanes } from "./useLanes.ts";

interface CallDetailsProps {
  call: CallView;
  run: RunView;
  calls: ReadonlyMap<string, CallView>;
  onOpen: (callId: string) => void;
}

/** The parts of a call's story, most wanted first. */
export function CallDetails({ call, run, calls, onOpen }: CallDetailsProps) {
  const now = useNow();
  const around = { paused: run.status === "PAUSED", lanes: useLanes(run) };
  const events = useQuery(callEventsQuery(run.runId, call.callId, call.version));
  const told = useMemo(() => (events.data?.items ?? []).map(withCall), [events.data]);
  const attempts = attemptsOf(call, told);
  const evidence = evidenceOf(call, told);
  const others = otherArtifacts(call, attempts);
  return (
    <div className="flex flex-col divide-y divide-line">
      <Facts call={call} maxAttempts={run.limits.maxAttempts} now={now} around={around} />
      <Attempts attempts={attempts} now={now} />
      <Subject call={call} calls={calls} onOpen={onOpen} />
      <Verdict call={call} calls={calls} />
      {evidence !== null && <Proof evidence={evidence} />}
      {call.preview !== null && (
        <Part title="Preview">
          <pre className="max-h-80 overflow-y-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
            {call.preview}
          </pre>
        </Part>
      )}
      {others.length > 0 && (
        <Part title="Artifacts">
          <Artifacts artifacts={others} of="this call" />
        </Part>
      )}
      <Spends call={call} />
      <Anomalies call={call} />
      <Times call={call} now={now} />
      <Part title="Identity">
        <Rows>
          <Row name="Call" mono>
            {call.callId}
          </Row>
          <Row name="Worker" mono>
            {call.workerId ?? "none"}
          </Row>
          <Row name="Phase">{call.phase === null ? "unknown" : phaseName(call.phase)}</Row>
          <Row name="Epoch">{call.epoch}</Row>
          <Row name="Version">{`event ${count(call.version)}`}</Row>
        </Rows>
      </Part>
      <CallEvents events={told} error={events.error} />
    </div>
  );
}

interface FactsProps {
  call: CallView;
  maxAttempts: number;
  now: number;
  around: Surroundings;
}

function Facts({ call, maxAttempts, now, around }: FactsProps) {
  const { ms, limitMs } = ageOf(call, now);
  const { usage } = call;
  return (
    <Part title="Summary">
      <Rows>
        <Row name="State">
          {call.finishedAt === null ? waitingFor(call, now, around) : stateLabel(call.state).text}
        </Row>
        {call.progress !== null && isActive(call) && (
          <Row name="Progress">
            <Progress call={call} progress={call.progress} now={now} />
          </Row>
        )}
        <Row name="Attempt">{`${call.attempt} of ${maxAttempts}`}</Row>
        <Row name="Age">
          {limitMs === null ? duration(ms) : `${duration(ms)} of ${duration(limitMs)}`}
        </Row>
        <Row name="Requests sent">{count(call.attempts)}</Row>
        <Row name="Cost">
          {money(call.costUsd)}
          {isActive(call) && call.reservedUsd > 0 && (
            <span className="text-ink-2">{`, ${money(call.reservedUsd)} reserved`}</span>
          )}
        </Row>
        <Row name="Tokens">
          {`${count(usage.inputTokens)} in (${count(usage.cachedTokens)} cached), ${count(usage.outputTokens)} out (${count(usage.reasoningTokens)} reasoning)`}
        </Row>
        {call.savedUsd > 0 && <Row name="Saved">{money(call.savedUsd)}</Row>}
        {call.late.length > 0 && <Row name="Late results">{count(call.late.length)}</Row>}
      </Rows>
    </Part>
  );
}

interface ProgressProps {
  call: CallView;
  progress: NonNullable<CallView["progress"]>;
  now: number;
}

function Progress({ call, progress, now }: ProgressProps) {
  return (
    <>
      {progressText(call)}
      <time dateTime={progress.at} className="ml-2 text-xs text-ink-2">
        {ago(progress.at, now)}
      </time>
      {progress.share !== null && (
        <span
          role="meter"
          aria-label="Progress"
          aria-valuemin={0}
          aria-valuemax={1}
          aria-valuenow={progress.share}
          className="mt-1 mb-1.5 block h-1 max-w-72 overflow-hidden rounded-full bg-sunken"
        >
          <span
            className="block h-full bg-ok transition-[width]"
            style={{ width: `${Math.min(1, progress.share) * 100}%` }}
          />
        </span>
      )}
    </>
  );
}
