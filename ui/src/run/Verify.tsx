import { useMutation } from "@tanstack/react-query";
import { explain } from "../api/http.ts";
import { verifyRun } from "../api/queries.ts";
import type { RunView, Verification } from "../api/types.ts";
import { count, counted } from "../models/format.ts";
import { Button, Dot, INK } from "../shell/ui.tsx";

/** Asks the server to fold the run's log anew and to compare it with what the page is drawn from. */
export function Verify({ run }: { run: RunView }) {
  const { mutate, status, data, error } = useMutation({ mutationFn: () => verifyRun(run.runId) });
  const pending = status === "pending";
  return (
    <div className="-mx-4 -mb-4 border-t border-line px-4 py-2">
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1.5">
        <Button
          data-testid="verify-run"
          className="min-h-7 w-20 px-2 text-xs"
          aria-disabled={pending}
          onClick={() => {
            if (!pending) mutate();
          }}
        >
          {pending ? "Verifying…" : "Verify"}
        </Button>
        <p
          role="status"
          data-testid="verified"
          className="min-w-0 flex-1 basis-48 text-xs text-ink-2"
        >
          {status === "idle" &&
            "Folds the log of this run on the server and compares it with the tables."}
          {pending && "Folding the log…"}
          {error !== null && (
            <span className={INK.failed}>{`Not verified: ${explain(error)}`}</span>
          )}
          {status === "success" && <Verdict found={data} />}
        </p>
      </div>
      {status === "success" && !data.ok && <Differences found={data} />}
    </div>
  );
}

function Verdict({
  found: { ok, asOf, digest, differences, invariants },
}: {
  found: Verification;
}) {
  const broken = invariants.filter((each) => !each.ok).length;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <span className={`inline-flex items-center gap-1.5 font-medium ${ok ? INK.ok : INK.failed}`}>
        <Dot tone={ok ? "ok" : "failed"} />
        {ok
          ? "Log and tables agree"
          : [
              ...(differences.length > 0 ? [counted(differences.length, "difference")] : []),
              ...(broken > 0 ? [`${counted(broken, "invariant")} broken`] : []),
            ].join(", ")}
      </span>
      <span className="tabular">
        {`at event ${count(asOf.offset)}${ok ? `, ${counted(invariants.length, "invariant")} hold` : ""}`}
      </span>
      <code className="max-w-full truncate font-mono" title={digest} data-testid="verified-digest">
        {`digest ${digest.slice(0, 16)}`}
        <span className="sr-only">{digest.slice(16)}</span>
      </code>
    </span>
  );
}

/** What does not agree, as the server told it. */
function Differences({ found: { differences, invariants } }: { found: Verification }) {
  const broken = invariants.filter(({ ok }) => !ok);
  return (
    <div
      role="region"
      aria-label="What does not agree"
      tabIndex={0}
      className="mt-2 max-h-56 overflow-y-auto rounded-md bg-failed-tint px-3 py-2 text-xs text-failed-ink"
    >
      <ul className="flex flex-col gap-1">
        {broken.map(({ id, detail }) => (
          <li key={id} className="wrap-anywhere">
            <strong className="font-semibold">{id}</strong>
            {` ${detail}`}
          </li>
        ))}
        {differences.map((difference) => (
          <li key={difference} className="font-mono wrap-anywhere">
            {difference}
          </li>
        ))}
      </ul>
    </div>
  );
}
