import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { versionQuery } from "../api/queries.ts";
import type { RunView } from "../api/types.ts";
import { Button } from "../shell/ui.tsx";

/** What names the run elsewhere: its id, its address, and the build that shows it. */
export function RunIdentity({ run }: { run: RunView }) {
  const build = useQuery(versionQuery).data?.buildId;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-2">
      <code className="min-w-0 truncate font-mono" data-testid="run-id">
        {run.runId}
      </code>
      <Copy name="Copy id" label="Copy the run id" textOf={() => run.runId} />
      <Copy
        name="Copy link"
        label="Copy the address of what is shown"
        textOf={() => window.location.href}
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

type Copied = "no" | "yes" | "refused";

const SAID: Record<Exclude<Copied, "no">, string> = { yes: "Copied", refused: "Not allowed" };

interface CopyProps {
  name: string;
  label: string;
  textOf: () => string;
}

/** A browser gives its clipboard to secure pages only, and may ask; a refusal is said. */
function Copy({ name, label, textOf }: CopyProps) {
  const [copied, setCopied] = useState<Copied>("no");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(textOf());
      setCopied("yes");
    } catch {
      setCopied("refused");
    }
  };
  return (
    <Button
      className="min-h-6 px-1.5 py-0 text-xs"
      onClick={() => void copy()}
      onBlur={() => setCopied("no")}
      aria-label={copied === "no" ? label : `${label}: ${SAID[copied]}`}
    >
      {copied === "no" ? name : SAID[copied]}
    </Button>
  );
}
