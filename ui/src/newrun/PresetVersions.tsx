import { useQuery } from "@tanstack/react-query";
import { explain } from "../api/http.ts";
import type { Preset } from "../api/types.ts";
import { clock, counted } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Button, Skeleton } from "../shell/ui.tsx";
import { presetVersionsQuery } from "./presetRequests.ts";

interface PresetVersionsProps {
  name: string;
  current: number;
  onLoad: (preset: Preset) => void;
}

/** Every version that was saved; an older one is loaded and saved again, never changed. */
export function PresetVersions({ name, current, onLoad }: PresetVersionsProps) {
  const now = useNow();
  const versions = useQuery(presetVersionsQuery(name));
  if (versions.data === undefined)
    return versions.isError ? (
      <p
        role="alert"
        className="text-xs text-failed-ink"
      >{`No versions: ${explain(versions.error)}`}</p>
    ) : (
      <Skeleton className="h-16" />
    );
  return (
    <ul
      aria-label={`Versions of ${name}`}
      data-testid="versions"
      className="max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line"
    >
      {versions.data.map((each) => (
        <li key={each.version} className="flex items-center gap-3 px-3 py-1.5 tabular">
          <span className="w-20 font-medium">{`Version ${each.version}`}</span>
          <time dateTime={each.savedAt} className="text-xs text-ink-2">
            {clock(each.savedAt, now)}
          </time>
          <span className="text-xs text-ink-2 max-sm:hidden">
            {counted(each.submission.documents?.length ?? 0, "document")}
          </span>
          <Button
            className="ml-auto min-h-7 px-2 py-0 text-xs"
            aria-label={`Load version ${each.version}`}
            onClick={() => onLoad(each)}
          >
            {each.version === current ? "Load again" : "Load"}
          </Button>
        </li>
      ))}
    </ul>
  );
}
