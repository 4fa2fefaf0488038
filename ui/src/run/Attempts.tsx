import type { Attempt } from "../models/attempts.ts";
import { clock, isoDuration, sentence } from "../models/format.ts";
import type { Tone } from "../models/runs.ts";
import { INK } from "../shell/ui.tsx";
import { Artifacts } from "./Artifacts.tsx";
import { kindWithStatus } from "./CallCells.tsx";
import { Part } from "./parts.tsx";

interface AttemptsProps {
  attempts: readonly Attempt[];
  now: number;
}

/** Every attempt in order, each with what was sent and what came back. */
export function Attempts({ attempts, now }: AttemptsProps) {
  if (attempts.length === 0) return null;
  const epochs = new Set(attempts.map(({ epoch }) => epoch)).size > 1;
  return (
    <Part title="Attempts">
      <ol className="flex flex-col gap-3" data-testid="attempts">
        {attempts.map((attempt) => (
          <li
            key={`${attempt.epoch}-${attempt.attempt}-${attempt.outcome}-${attempt.at ?? ""}`}
            data-outcome={attempt.outcome}
            className={`border-l-2 pl-3 ${LINE[attempt.outcome]}`}
          >
            <p className="flex flex-wrap gap-x-3">
              <span className="font-medium">{sentence(nameOf(attempt, epochs))}</span>
              <span className={INK[TONE[attempt.outcome]]}>{outcomeText(attempt)}</span>
              {attempt.at !== null && (
                <time
                  dateTime={attempt.at}
                  title={attempt.at}
                  className="ml-auto text-xs text-ink-2 tabular"
                >
                  {clock(attempt.at, now)}
                </time>
              )}
            </p>
            {attempt.message !== "" && (
              <p className={`wrap-anywhere ${attempt.outcome === "failed" ? "" : "text-ink-2"}`}>
                {attempt.message}
              </p>
            )}
            {attempt.pause !== null && (
              <p className="text-xs text-ink-2 tabular">
                {`next after ${isoDuration(attempt.pause.delay)}, ${isoDuration(attempt.pause.remaining)} left of the deadline`}
              </p>
            )}
            <Artifacts artifacts={attempt.artifacts} of={nameOf(attempt, epochs)} />
          </li>
        ))}
      </ol>
    </Part>
  );
}

function nameOf({ attempt, epoch }: Attempt, epochs: boolean): string {
  return `attempt ${attempt}${epochs ? ` of epoch ${epoch}` : ""}`;
}

const TONE: Record<Attempt["outcome"], Tone> = {
  ok: "ok",
  failed: "failed",
  retried: "retry",
  "under way": "in-flight",
  superseded: "muted",
  late: "muted",
};

const LINE: Record<Attempt["outcome"], string> = {
  ok: "border-ok",
  failed: "border-failed",
  retried: "border-retry",
  "under way": "border-in-flight",
  superseded: "border-muted",
  late: "border-muted",
};

function outcomeText({ outcome, kind, httpStatus }: Attempt): string {
  const what = kind === null ? null : kindWithStatus(kind, httpStatus);
  switch (outcome) {
    case "failed":
    case "retried":
      return what ?? outcome;
    case "superseded":
      return `${what ?? "ok"}, superseded by a later epoch`;
    case "late":
      return `${what ?? "ok"}, late: another end had come first`;
    case "ok":
    case "under way":
      return outcome;
  }
}
