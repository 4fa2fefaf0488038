import { artifactUrl } from "../api/queries.ts";
import type { Attempt } from "../models/attempts.ts";
import { bytes, clock, isoDuration, sentence } from "../models/format.ts";
import type { Tone } from "../models/runs.ts";
import { INK } from "../shell/ui.tsx";
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
              <span className="font-medium">
                {`Attempt ${attempt.attempt}${epochs ? ` of epoch ${attempt.epoch}` : ""}`}
              </span>
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
            <ArtifactLinks artifacts={attempt.artifacts} />
          </li>
        ))}
      </ol>
    </Part>
  );
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

/** Downloads, by role: the request as it was sent, the answer as it came, what was made of it. */
export function ArtifactLinks({ artifacts }: Pick<Attempt, "artifacts">) {
  if (artifacts.length === 0) return null;
  return (
    <ul className="mt-0.5 flex flex-wrap gap-x-4">
      {artifacts.map(({ role, ref }) => (
        <li key={`${role}-${ref.sha256}`} className="text-xs text-ink-2 tabular">
          <a
            href={artifactUrl(ref.sha256)}
            title={`${ref.mediaType}, sha256 ${ref.sha256}`}
            className="link leading-[24px] font-medium text-ink"
          >
            {sentence(role)}
          </a>
          {` ${bytes(ref.size)}`}
        </li>
      ))}
    </ul>
  );
}
