import { useMemo } from "react";
import type { Evaluation, RunSpec, SourceView } from "../api/types.ts";
import { Chevron } from "../shell/ui.tsx";
import type { OnShow } from "./choice.ts";
import { DocumentsPart } from "./DocumentsPart.tsx";
import { Heatmap } from "./Heatmap.tsx";
import { heatmapOf } from "./heatmap.ts";
import { JudgesPart } from "./JudgesPart.tsx";
import { labelsOf, nameOf } from "./labels.ts";
import { byText, comparisonsOf } from "./ranking.ts";
import { RankingPart } from "./RankingPart.tsx";
import { Tabs } from "./Tabs.tsx";
import { WinnerCard } from "./WinnerCard.tsx";

export type Part = "scores" | "ranking" | "judges" | "documents";

const PARTS: readonly { id: Part; label: string }[] = [
  { id: "scores", label: "Scores" },
  { id: "ranking", label: "Ranking" },
  { id: "judges", label: "Judges" },
  { id: "documents", label: "Documents" },
];

interface SourceBlockProps {
  view: SourceView;
  spec: RunSpec;
  evaluation: Evaluation;
  isFinal: boolean;
  isOpen: boolean;
  onToggle: () => void;
  part: Part;
  onPart: (part: Part) => void;
  onShow: OnShow;
}

/** One source document: who won, and the parts that tell why. Only an open one is drawn. */
export function SourceBlock({ isOpen, onToggle, ...rest }: SourceBlockProps) {
  const { view } = rest;
  const labels = useMemo(() => labelsOf(view), [view]);
  const { winner } = view;
  return (
    <section aria-label={view.document} className="border-t border-line" data-testid="source">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="flex min-h-11 w-full items-center gap-2 px-4 py-2 text-left -outline-offset-2 hover:bg-hover"
        >
          <Chevron className={isOpen ? "rotate-90" : ""} />
          <span className="min-w-0 flex-1 truncate font-medium" title={view.document}>
            {view.document}
          </span>
          {!isOpen && winner !== null && (
            <span className="min-w-0 truncate text-ink-2">
              <span className="font-medium text-ink">{nameOf(labels, winner.document)}</span>
              <span className="max-sm:hidden">{` ${byText(winner.by)}`}</span>
            </span>
          )}
        </button>
      </h3>
      {isOpen && <Opened {...rest} labels={labels} />}
    </section>
  );
}

interface OpenedProps extends Omit<SourceBlockProps, "isOpen" | "onToggle"> {
  labels: ReturnType<typeof labelsOf>;
}

function Opened({ view, spec, evaluation, isFinal, part, onPart, onShow, labels }: OpenedProps) {
  const model = useMemo(() => heatmapOf(spec, evaluation, view), [spec, evaluation, view]);
  const compared = useMemo(() => comparisonsOf(view), [view]);
  const earlierRun = spec.reuse?.run ?? null;
  return (
    <>
      <WinnerCard
        view={view}
        earlierRun={earlierRun}
        labels={labels}
        isFinal={isFinal}
        onShow={onShow}
      />
      <Tabs label={`Parts of ${view.document}`} tabs={PARTS} chosen={part} onChoose={onPart}>
        {part === "scores" && (
          <Heatmap model={model} earlierRun={earlierRun} label={`Scores of ${view.document}`} />
        )}
        {part === "ranking" && <RankingPart compared={compared} labels={labels} />}
        {part === "judges" && <JudgesPart view={view} judges={model.judges} />}
        {part === "documents" && (
          <DocumentsPart view={view} earlierRun={earlierRun} labels={labels} onShow={onShow} />
        )}
      </Tabs>
    </>
  );
}
