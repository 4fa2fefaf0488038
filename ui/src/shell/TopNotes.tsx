import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore, type ReactNode } from "react";
import { versionQuery } from "../api/queries.ts";
import { differingBuilds, UI_BUILD } from "./builds.ts";
import { useNow } from "./now.ts";

/** What makes everything below it doubtful stands above it. */
export function TopNotes() {
  const { data: version } = useQuery(versionQuery);
  const now = useNow();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const differing = version === undefined ? [] : differingBuilds(UI_BUILD, version, now);
  return (
    <>
      {!online && (
        <Note testid="offline-note">
          This browser is offline. What is shown may be old, and what you ask for may not arrive.
        </Note>
      )}
      {differing.length > 0 && (
        <Note testid="build-warning">
          {`Builds differ: ${differing.join(", ")}. Reload the page; if this stays, a service is out of date.`}
        </Note>
      )}
    </>
  );
}

function Note({ testid, children }: { testid: string; children: ReactNode }) {
  return (
    <p
      role="alert"
      data-testid={testid}
      className="border-b border-line bg-timed-out-tint px-4 py-2 text-center font-medium text-timed-out-ink sm:px-6"
    >
      {children}
    </p>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
