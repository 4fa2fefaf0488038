import type { Suspicion } from "../api/types.ts";
import { counted } from "../models/format.ts";
import { kindText, partsOf } from "./suspicions.ts";

/** The passages that speak to the judge, with what makes each of them stand out. */
export function Suspicions({ suspicions }: { suspicions: readonly Suspicion[] }) {
  if (suspicions.length === 0) return null;
  return (
    <details className="basis-full text-xs" data-testid="suspicions">
      <summary className="min-h-6 cursor-pointer font-medium text-retry-ink">
        {`${counted(suspicions.length, "passage")} for the judge, not the reader`}
      </summary>
      <ul className="mt-1 flex max-h-40 flex-col gap-1 overflow-y-auto">
        {suspicions.map(({ position, kind, excerpt }) => (
          <li key={position} className="wrap-anywhere">
            <span className="mr-2 text-ink-2">{kindText(kind)}</span>
            <q>{excerpt}</q>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A text as it is, with these passages marked. */
export function MarkedText({
  text,
  suspicions,
}: {
  text: string;
  suspicions: readonly Suspicion[];
}) {
  return (
    <pre className="viewer-source">
      {partsOf(text, suspicions).map(({ text: part, suspicion }, index) =>
        suspicion === null ? (
          part
        ) : (
          <mark key={index} title={kindText(suspicion.kind)}>
            {part}
          </mark>
        ),
      )}
    </pre>
  );
}
