import type { SourceDocument } from "../api/types.ts";

const TEXT: Record<SourceDocument["flags"][number], { text: string; meaning: string }> = {
  SCORES_MISSING: {
    text: "Scores missing",
    meaning: "A judge’s answer is missing for good: fewer answers than the others have.",
  },
};

export function Flags({ flags }: Pick<SourceDocument, "flags">) {
  if (flags.length === 0) return null;
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {flags.map((flag) => (
        <span
          key={flag}
          title={TEXT[flag].meaning}
          className="rounded-full bg-retry-tint px-2 py-0.5 text-xs font-medium text-retry-ink"
        >
          {TEXT[flag].text}
        </span>
      ))}
    </span>
  );
}
