import type { Suspicion } from "../api/types.ts";
import { counted } from "../models/format.ts";
import { kindText, partsOf } from "./suspicions.ts";

interface SuspicionsProps {
  suspicions: readonly Suspicion[];
  /** Shows the passage at this position in the text. */
  onFind: (position: number) => void;
}

/** The passages that speak to the judge, with what makes each of them stand out. */
export function Suspicions({ suspicions, onFind }: SuspicionsProps) {
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
            <button
              type="button"
              className="link min-h-6 text-left"
              aria-label={`Show in the text: ${excerpt}`}
              onClick={() => onFind(position)}
            >
              <q>{excerpt}</q>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface MarkedTextProps {
  text: string;
  suspicions: readonly Suspicion[];
  /** The passage that is looked for, null for none. */
  sought: Sought | null;
}

/** Each asking scrolls once, also for the same passage; nothing else moves the text. */
export interface Sought {
  position: number;
  asked: number;
}

/** A text as it is, with these passages marked. */
export function MarkedText({ text, suspicions, sought }: MarkedTextProps) {
  return (
    <pre className="viewer-source">
      {partsOf(text, suspicions).map(({ text: part, suspicion }, index) =>
        suspicion === null ? (
          part
        ) : (
          <mark
            key={suspicion.position === sought?.position ? `${index} ${sought.asked}` : index}
            title={kindText(suspicion.kind)}
            ref={suspicion.position === sought?.position ? intoView : undefined}
          >
            {part}
          </mark>
        ),
      )}
    </pre>
  );
}

function intoView(passage: HTMLElement | null): void {
  passage?.scrollIntoView({ block: "center" });
}
