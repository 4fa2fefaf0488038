import { useQuery } from "@tanstack/react-query";
import { versionQuery } from "../api/queries.ts";
import type { RunView } from "../api/types.ts";
import { CopyButton } from "../shell/CopyButton.tsx";

/** What names the run elsewhere: its id, its address, and the build that shows it. */
export function RunIdentity({ run }: { run: RunView }) {
  const build = useQuery(versionQuery).data?.buildId;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-2">
      <code className="min-w-0 truncate font-mono" data-testid="run-id">
        {run.runId}
      </code>
      <CopyButton name="Copy id" label="Copy the run id" text={run.runId} />
      <CopyButton
        name="Copy link"
        label="Copy the address of what is shown"
        text={() => window.location.href}
      />
      {build !== undefined && (
        <span title={`Build of the gateway: ${build}`}>
          build{" "}
          <code className="font-mono" data-testid="run-build">
            {build.slice(0, 10)}
          </code>
        </span>
      )}
    </div>
  );
}
