import { useId, useState } from "react";
import type { CallView } from "../api/types.ts";
import { artifactUrl } from "../api/queries.ts";
import { bytes, sentence } from "../models/format.ts";
import { Chevron } from "../shell/ui.tsx";
import { ArtifactText } from "./ArtifactText.tsx";

type Artifact = CallView["artifacts"][number];

interface ArtifactsProps {
  artifacts: readonly Artifact[];
  /** What they belong to, in the name of what is read. */
  of: string;
}

/**
 * The request as it was sent, the answer as it came, what was made of it: to be read here, one at a
 * time, and as downloads.
 */
export function Artifacts({ artifacts, of }: ArtifactsProps) {
  const id = useId();
  const [read, setRead] = useState<string | null>(null);
  if (artifacts.length === 0) return null;
  const open = artifacts.find((each) => keyOf(each) === read);
  return (
    <>
      <ul className="mt-0.5 flex flex-wrap gap-x-4 gap-y-1">
        {artifacts.map((artifact) => (
          <li
            key={keyOf(artifact)}
            className="flex items-center gap-1.5 text-xs text-ink-2 tabular"
          >
            <button
              type="button"
              className="chip inline-flex items-center gap-1 border-line-strong! text-ink!"
              aria-label={`Read the ${nameOf(artifact, of)}`}
              aria-expanded={artifact === open}
              aria-controls={artifact === open ? id : undefined}
              onClick={() => setRead(artifact === open ? null : keyOf(artifact))}
            >
              <Chevron className={artifact === open ? "rotate-90" : ""} />
              {sentence(artifact.role)}
            </button>
            <a
              href={artifactUrl(artifact.ref.sha256)}
              download
              title={`${artifact.ref.mediaType}, sha256 ${artifact.ref.sha256}`}
              aria-label={`Download the ${nameOf(artifact, of)}, ${bytes(artifact.ref.size)}`}
              className="link leading-[24px]"
            >
              {bytes(artifact.ref.size)}
            </a>
          </li>
        ))}
      </ul>
      {open !== undefined && (
        <ArtifactText key={keyOf(open)} id={id} name={nameOf(open, of)} stored={open.ref} />
      )}
    </>
  );
}

function keyOf({ role, epoch, attempt, ref }: Artifact): string {
  return `${role}-${epoch}-${attempt}-${ref.sha256}`;
}

function nameOf({ role }: Artifact, of: string): string {
  return `${sentence(role).toLowerCase()} of ${of}`;
}
