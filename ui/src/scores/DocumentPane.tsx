import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { explain } from "../api/http.ts";
import { documentUrl, sourceUrl, textQuery } from "../api/sources.ts";
import type { RunSpec, SourceDocument, SourceView } from "../api/types.ts";
import { bytes } from "../models/format.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { BUTTON, BUTTON_SHAPE, Skeleton } from "../shell/ui.tsx";
import { SOURCE } from "./choice.ts";
import { Flags } from "./Flags.tsx";
import { scoreText } from "./heatmap.ts";
import { labelsOf, nameOf } from "./labels.ts";
import { Markdown } from "./Markdown.tsx";
import { rateText, rowOf } from "./ranking.ts";
import { ScoreChange } from "./ScoreChange.tsx";
import { MarkedText, Suspicions, type Sought } from "./Suspicions.tsx";

export type Look = "rendered" | "source text";

interface DocumentPaneProps {
  runId: string;
  spec: RunSpec;
  view: SourceView;
  side: "left" | "right";
  document: string;
  look: Look;
  onLook: (look: Look) => void;
  onChoose: (document: string) => void;
}

/** One text with what is known of it; any document of the source can be put in its place. */
export function DocumentPane(props: DocumentPaneProps) {
  const { runId, spec, view, side, document, look, onLook, onChoose } = props;
  const artifact = spec.documents.find(({ name }) => name === view.document)?.artifact;
  const isSource = document === SOURCE;
  const made = view.documents.find(({ docId }) => docId === document);
  const original = made?.original ?? null;
  const [asWritten, setAsWritten] = useState<string | null>(null);
  const [sought, setSought] = useState<Sought | null>(null);
  const showsOriginal = asWritten === document && original !== null;
  const stored = showsOriginal ? original : isSource ? artifact : null;
  const url = stored == null ? documentUrl(runId, document) : sourceUrl(stored.sha256);
  const { data, error } = useQuery(textQuery(url));
  const find = (position: number) => {
    setAsWritten(document);
    setSought({ position, asked: (sought?.asked ?? 0) + 1 });
    onLook("source text");
  };
  const labels = labelsOf(view);
  return (
    <section
      aria-label={side === "left" ? "Document" : "Document beside it"}
      className="viewer-pane"
      data-testid={`pane-${side}`}
    >
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <select
          className="field w-auto min-w-0 flex-1 basis-40"
          aria-label={side === "left" ? "Document" : "Document beside it"}
          value={document}
          onChange={(event) => onChoose(event.target.value)}
        >
          {view.documents.map(({ docId }) => (
            <option key={docId} value={docId}>
              {nameOf(labels, docId)}
              {docId === view.winner?.document ? " (winner)" : ""}
            </option>
          ))}
          {side === "right" && <option value={SOURCE}>The source</option>}
        </select>
        <CopyButton label="Copy the document" text={data} className="min-w-18" />
        <a href={url} download className={`${BUTTON_SHAPE} ${BUTTON.quiet}`}>
          Download
        </a>
        {original !== null && (
          <button
            type="button"
            className="chip"
            aria-pressed={showsOriginal}
            data-testid="as-written"
            onClick={() => setAsWritten(showsOriginal ? null : document)}
          >
            As written
          </button>
        )}
        <Facts view={view} made={made} earlierRun={spec.reuse?.run ?? null} />
        <Suspicions suspicions={made?.suspicions ?? []} onFind={find} />
      </div>
      <div className="viewer-text" tabIndex={0} role="region" aria-label={`Text on the ${side}`}>
        {error !== null && <p role="alert">{`The text cannot be shown: ${explain(error)}`}</p>}
        {data === undefined && error === null && <Waiting />}
        {data !== undefined && look === "rendered" && <Markdown text={data} prefix={`${side}-`} />}
        {data !== undefined && look === "source text" && (
          <MarkedText text={data} suspicions={made?.suspicions ?? []} sought={sought} />
        )}
      </div>
    </section>
  );
}

interface FactsProps {
  view: SourceView;
  /** Not there for the source. */
  made: SourceDocument | undefined;
  earlierRun: string | null;
}

function Facts({ view, made, earlierRun }: FactsProps) {
  if (made === undefined)
    return <p className="basis-full text-xs text-ink-2">What the documents were made from.</p>;
  const score = view.scores.find((each) => each.document === made.docId);
  const row = rowOf(view, made.docId);
  const facts = [
    score?.mean == null ? null : `score ${scoreText(score.mean)}`,
    row === null ? null : `win rate ${rateText(row.winRate)}`,
    bytes(made.output.size),
  ].filter((each) => each !== null);
  return (
    <p className="flex min-h-5 basis-full flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2 tabular">
      <span className="font-mono">{made.model}</span>
      {facts.join(", ")}
      <ScoreChange document={made} earlierRun={earlierRun} />
      <Flags flags={made.flags} />
    </p>
  );
}

function Waiting() {
  return (
    <div className="flex flex-col gap-3" aria-busy="true">
      <Skeleton className="h-6 w-1/2" />
      <Skeleton className="h-24" />
      <Skeleton className="h-40" />
    </div>
  );
}
