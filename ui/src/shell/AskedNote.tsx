import { explain } from "../api/http.ts";
import { duration } from "../models/format.ts";
import { useNow } from "./now.ts";
import type { Asked } from "./useAsked.ts";

interface AskedNoteProps<T> {
  asked: Asked<T>;
  /** What was asked, as the subject of a sentence: "The pause". */
  subject: (what: T) => string;
  className?: string;
}

/** What became of a request: sent, accepted but not yet in the log, or refused and why. */
export function AskedNote<T>({ asked, subject, className = "" }: AskedNoteProps<T>) {
  return (
    <div className={`text-xs ${className}`}>
      <p role="status" className="text-ink-2 tabular" data-testid="asked">
        {asked.kind === "accepted" && <Accepted since={asked.since} said={subject(asked.what)} />}
      </p>
      {asked.kind === "refused" && (
        <p role="alert" className="text-failed-ink wrap-anywhere" data-testid="asked-refused">
          {explain(asked.error)}
        </p>
      )}
    </div>
  );
}

function Accepted({ since, said }: { since: number; said: string }) {
  const waited = useNow() - since;
  return (
    <>
      {`${said} is accepted, the log has not told it yet`}
      <span aria-hidden="true">{waited < 3_000 ? "" : ` (${duration(waited)})`}</span>
    </>
  );
}
