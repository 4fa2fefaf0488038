import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { explain } from "../api/http.ts";
import { sourcesQuery } from "../api/sources.ts";
import type { Evaluation, RunSpec, RunView, SourceView } from "../api/types.ts";
import { count } from "../models/format.ts";
import { Button, Card } from "../shell/ui.tsx";
import { sourceOf, type OnShow } from "./choice.ts";
import { ExportMenu } from "./ExportMenu.tsx";
import "./scores.css";
import { ScoresWaiting } from "./ScoresWaiting.tsx";
import { SourceBlock, type Part } from "./SourceBlock.tsx";

const DocumentViewer = lazy(() => import("./DocumentViewer.tsx"));

export interface ScoresSectionProps {
  run: RunView;
  spec: RunSpec;
  evaluation: Evaluation;
  /** The document that is read, and the one beside it. */
  document: string | null;
  beside: string | null;
  onShow: OnShow;
  onClose: () => void;
}

/** What judges made of the documents, source by source, as fresh as the run on the screen. */
export default function ScoresSection(props: ScoresSectionProps) {
  const { run, spec, evaluation, document, beside, onShow, onClose } = props;
  const { data, error, refetch } = useQuery(sourcesQuery(run.runId, run.asOf));
  const rubric = evaluation.rubric;
  const views = data?.items;
  const read = document === null || views === undefined ? null : sourceOf(views, document);
  return (
    <Card
      id="scores"
      title="Scores"
      aside={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <span className="text-ink-2 max-sm:hidden">
            {`${rubric.name} rubric, version ${rubric.version}, ${count(rubric.criteria.length)} criteria, ${count(evaluation.judges.length)} judges`}
          </span>
          <ExportMenu runId={run.runId} />
        </span>
      }
    >
      {error !== null && (
        <p
          role="alert"
          className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3"
        >
          {`${views === undefined ? "The scores cannot be shown" : "The scores are not the newest"}: ${explain(error)}`}
          <Button onClick={() => void refetch()}>Try again</Button>
        </p>
      )}
      {views === undefined && error === null && <ScoresWaiting />}
      {views !== undefined && (
        <Blocks
          views={views}
          spec={spec}
          evaluation={evaluation}
          isFinal={run.status === "FINISHED"}
          onShow={onShow}
        />
      )}
      {document !== null && read !== null && (
        <Suspense fallback={null}>
          <DocumentViewer
            run={run}
            spec={spec}
            view={read}
            document={document}
            beside={beside}
            onShow={onShow}
            onClose={onClose}
          />
        </Suspense>
      )}
    </Card>
  );
}

interface BlocksProps {
  views: readonly SourceView[];
  spec: RunSpec;
  evaluation: Evaluation;
  isFinal: boolean;
  onShow: OnShow;
}

/** The first source is open; the part that is looked at is the same for all, so that they compare. */
function Blocks({ views, ...rest }: BlocksProps) {
  const [part, setPart] = useState<Part>("scores");
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const toggle = (name: string) => {
    const next = new Set(toggled);
    if (!next.delete(name)) next.add(name);
    setToggled(next);
  };
  return (
    <>
      {views.map((view, index) => (
        <SourceBlock
          key={view.document}
          view={view}
          isOpen={(index === 0) !== toggled.has(view.document)}
          onToggle={() => toggle(view.document)}
          part={part}
          onPart={setPart}
          {...rest}
        />
      ))}
    </>
  );
}
