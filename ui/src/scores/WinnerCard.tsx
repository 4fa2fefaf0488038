import type { ReactNode } from "react";
import type { SourceView } from "../api/types.ts";
import { Button } from "../shell/ui.tsx";
import type { OnShow } from "./choice.ts";
import { SOURCE } from "./choice.ts";
import { Flags } from "./Flags.tsx";
import { scoreText } from "./heatmap.ts";
import { nameOf, type DocLabel } from "./labels.ts";
import { byText, rateText, ratingText, rowOf, runnerUp } from "./ranking.ts";
import { ScoreChange } from "./ScoreChange.tsx";

interface WinnerCardProps {
  view: SourceView;
  earlierRun: string | null;
  labels: ReadonlyMap<string, DocLabel>;
  isFinal: boolean;
  onShow: OnShow;
}

/** Which document is kept, and why; its height is the same before and after there is one. */
export function WinnerCard({ view, earlierRun, labels, isFinal, onShow }: WinnerCardProps) {
  const { winner } = view;
  if (winner === null)
    return (
      <div className="winner" data-testid="winner">
        <p className="eyebrow">Winner</p>
        <p className="text-ink-2">
          {isFinal ? "Nothing was judged, so no document won." : "Nothing is judged yet."}
        </p>
      </div>
    );
  const second = runnerUp(view);
  const row = rowOf(view, winner.document);
  const score = view.scores.find(({ document }) => document === winner.document)?.mean ?? null;
  const made = view.documents.find(({ docId }) => docId === winner.document);
  return (
    <div className="winner" data-testid="winner">
      <div className="min-w-0 flex-1 basis-80">
        <p className="eyebrow">{isFinal ? "Winner" : "In the lead, as far as it is known"}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="text-lg font-semibold wrap-anywhere">
            {nameOf(labels, winner.document)}
          </span>
          <span className="rounded-full bg-accent px-2 py-0.5 text-xs font-medium text-on-accent">
            {byText(winner.by)}
          </span>
          <Flags flags={made?.flags ?? []} />
        </p>
        <p className="mt-1 max-w-3xl text-ink-2">{winner.reason}</p>
        <p className="mt-3 flex flex-wrap gap-2">
          <Button look="primary" onClick={() => onShow(winner.document)}>
            Read it
          </Button>
          {second !== null && (
            <Button onClick={() => onShow(winner.document, second)}>Compare with the next</Button>
          )}
          <Button onClick={() => onShow(winner.document, SOURCE)}>Beside the source</Button>
        </p>
      </div>
      <dl className="flex gap-x-8 gap-y-2 max-sm:flex-wrap sm:shrink-0">
        {score !== null && (
          <Figure name="Score" value={scoreText(score)}>
            <ScoreChange document={made} earlierRun={earlierRun} />
          </Figure>
        )}
        {row !== null && <Figure name="Win rate" value={rateText(row.winRate)} />}
        {row !== null && <Figure name="Strength" value={ratingText(row.bradleyTerry)} />}
      </dl>
    </div>
  );
}

interface FigureProps {
  name: string;
  value: string;
  children?: ReactNode;
}

function Figure({ name, value, children }: FigureProps) {
  return (
    <div>
      <dt className="eyebrow">{name}</dt>
      <dd className="text-lg font-semibold tabular">{value}</dd>
      {children !== undefined && <dd>{children}</dd>}
    </div>
  );
}
