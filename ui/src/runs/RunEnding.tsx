import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useEndNotice } from "../settings/notifications.ts";
import { Button, Notice } from "../shell/ui.tsx";
import { useTabState } from "../shell/useTabState.ts";
import { useLiveRun } from "../stream/useRunStream.ts";

/** The page of a run, or in its place why there is none any more. */
export function RunEnding({ runId, children }: { runId: string; children: ReactNode }) {
  const { connection, shown } = useLiveRun(runId);
  useEndNotice(shown.run);
  if (connection.kind !== "gone" || connection.why === "unknown") return children;
  return connection.why === "deleted" ? <Deleted name={shown.run?.name ?? null} /> : <SignedOut />;
}

function Deleted({ name }: { name: string | null }) {
  useTabState("Deleted run", "idle");
  return (
    <div className="card" data-testid="run-deleted">
      <Notice title="This run was deleted" alert>
        <p className="wrap-anywhere">
          {name === null ? "It" : `“${name}”`} was deleted, here or by somebody else. Its numbers,
          calls and texts can no longer be shown.
        </p>
        <Link to="/" className="link font-medium text-ink">
          All runs
        </Link>
      </Notice>
    </div>
  );
}

function SignedOut() {
  useTabState("Sign in", "idle");
  return (
    <div className="card" data-testid="signed-out">
      <Notice title="Sign in to see this run" alert>
        <p>The gateway wants to know who is asking. Sign in and come back, or try once more.</p>
        <Button look="primary" onClick={() => location.reload()}>
          Reload
        </Button>
      </Notice>
    </div>
  );
}
