import type { SourceDocument } from "../api/types.ts";

/** What each flag says, and what it means. */
export const FLAG_TEXT: Record<SourceDocument["flags"][number], { text: string; meaning: string }> =
  {
    SCORES_MISSING: {
      text: "Scores missing",
      meaning: "A judge’s answer is missing for good: fewer answers than the others have.",
    },
    INJECTION_SUSPECTED: {
      text: "Speaks to its judge",
      meaning: "Passages of the text are aimed at whoever judges it. Its scores may be theirs.",
    },
    INJECTION_MASKED: {
      text: "Judged masked",
      meaning: "Passages that spoke to the judge were masked before it was judged.",
    },
  };
