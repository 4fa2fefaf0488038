import type { SourceDocument } from "../api/types.ts";
import { FLAG_TEXT } from "./flagText.ts";

export function Flags({ flags }: Pick<SourceDocument, "flags">) {
  if (flags.length === 0) return null;
  return (
    <span className="inline-flex flex-wrap gap-1.5" data-testid="flags">
      {flags.map((flag) => (
        <span
          key={flag}
          title={FLAG_TEXT[flag].meaning}
          className="rounded-full bg-retry-tint px-2 py-0.5 text-xs font-medium whitespace-nowrap text-retry-ink"
        >
          {FLAG_TEXT[flag].text}
        </span>
      ))}
    </span>
  );
}
