import { Link } from "@tanstack/react-router";
import type { SourceDocument } from "../api/types.ts";
import { changeText } from "./ranking.ts";

interface ScoreChangeProps {
  document: SourceDocument | undefined;
  /** The run that wrote the document, when it is another one. */
  earlierRun: string | null;
}

/** What the judges of another run gave before: nothing where that is not known. */
export function ScoreChange({ document, earlierRun }: ScoreChangeProps) {
  const change = document?.scoreChange ?? null;
  if (change === null || earlierRun === null) return null;
  return (
    <Link
      to="/runs/$runId"
      params={{ runId: earlierRun }}
      className="link text-xs font-normal whitespace-nowrap tabular"
      data-testid="score-change"
    >
      {`${changeText(change)} against the earlier run`}
    </Link>
  );
}
