import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { explain } from "../api/http.ts";
import { artifactUrl } from "../api/queries.ts";
import { MOST_SHOWN, textStartQuery } from "../api/textstart.ts";
import type { CallView } from "../api/types.ts";
import { bytes } from "../models/format.ts";
import { indentedJson } from "../models/json.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { Skeleton } from "../shell/ui.tsx";

interface ArtifactTextProps {
  id: string;
  /** For example "request of attempt 1". */
  name: string;
  stored: CallView["artifacts"][number]["ref"];
}

/** A stored text in place, fetched when it is opened; whatever is in it, it is shown as bare text. */
export function ArtifactText({ id, name, stored }: ArtifactTextProps) {
  const { data, error } = useQuery(textStartQuery(stored.sha256));
  const pretty = useMemo(() => (data?.whole === true ? indentedJson(data.text) : null), [data]);
  const text = pretty ?? data?.text;
  return (
    <div id={id} data-testid="artifact-text" className="mt-2 rounded-md bg-sunken">
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-2 px-3 pt-2 text-xs text-ink-2">
        <span>
          {pretty === null ? stored.mediaType : "JSON, with line breaks added"}
          {data?.whole === false && (
            <>
              {`; the first ${bytes(MOST_SHOWN)} of ${bytes(stored.size)}: the rest is in `}
              <a href={artifactUrl(stored.sha256)} download className="link">
                the download
              </a>
            </>
          )}
        </span>
        <CopyButton label={`Copy the ${name}`} text={text} />
      </div>
      {error !== null && (
        <p role="alert" className="px-3 pb-3 wrap-anywhere">
          {`It cannot be shown: ${explain(error)}`}
        </p>
      )}
      {data === undefined && error === null && <Waiting />}
      {text !== undefined && (
        <div
          role="region"
          aria-label={capitalized(name)}
          tabIndex={0}
          className="max-h-96 overflow-y-auto p-3 pt-2 -outline-offset-2"
        >
          {text === "" ? (
            <p className="text-xs text-ink-2">It is empty.</p>
          ) : (
            <pre className="font-mono text-xs whitespace-pre-wrap wrap-anywhere">{text}</pre>
          )}
        </div>
      )}
    </div>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="p-3 pt-2">
      <Skeleton className="h-24" />
    </div>
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
