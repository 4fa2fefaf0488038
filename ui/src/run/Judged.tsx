import type { CallView } from "../api/types.ts";
import { Part } from "./parts.tsx";

interface JudgedProps {
  call: CallView;
  calls: ReadonlyMap<string, CallView>;
  onOpen: (callId: string) => void;
}

/** The documents that the call judged or combined, in the order in which they were shown. */
export function Subject({ call, calls, onOpen }: JudgedProps) {
  if (call.subject === null) return null;
  return (
    <Part title={call.phase === "COMBINE" ? "Combined" : "Judged"}>
      <ol className="flex flex-col gap-1">
        {call.subject.split(":").map((id) => (
          <li key={id}>
            <button
              type="button"
              className="link min-h-[24px] text-left"
              onClick={() => onOpen(id)}
            >
              {nameOf(calls.get(id), id)}
            </button>
          </li>
        ))}
      </ol>
    </Part>
  );
}

/** What the judge said: points with reasons, or which of the two is better. */
export function Verdict({ call, calls }: Omit<JudgedProps, "onOpen">) {
  const { result } = call;
  if (result === null || result.kind === "document") return null;
  return (
    <Part title="Verdict">
      {result.kind === "preference" ? (
        <>
          <p className="font-medium">
            {result.winner === null ? "A tie" : nameOf(calls.get(result.winner), result.winner)}
          </p>
          <p className="text-ink-2 wrap-anywhere">{result.reason}</p>
        </>
      ) : (
        <dl className="flex flex-col gap-2">
          {result.scores.map(({ criterion, score, reason }) => (
            <div key={criterion}>
              <dt className="font-medium tabular">{`${criterion}: ${score}`}</dt>
              <dd className="text-ink-2 wrap-anywhere">{reason}</dd>
            </div>
          ))}
        </dl>
      )}
    </Part>
  );
}

function nameOf(call: CallView | undefined, id: string): string {
  return call === undefined
    ? id
    : `${call.document ?? "unknown document"} · ${call.model ?? "unknown model"} · #${call.iteration}`;
}
