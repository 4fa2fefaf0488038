import type { DocumentScore, RankingRow, SourceDocument, SourceView } from "../api/types.ts";
import { bytes } from "../models/format.ts";
import { Button, Scroll } from "../shell/ui.tsx";
import { SOURCE, type OnShow } from "./choice.ts";
import { Flags } from "./Flags.tsx";
import { scoreText } from "./heatmap.ts";
import { nameOf, type DocLabel } from "./labels.ts";
import { rateText, rowOf, runnerUp } from "./ranking.ts";
import { ScoreChange } from "./ScoreChange.tsx";

interface DocumentsPartProps {
  view: SourceView;
  earlierRun: string | null;
  labels: ReadonlyMap<string, DocLabel>;
  onShow: OnShow;
}

/** All that was made of the source, with what is to be known before its scores are read. */
export function DocumentsPart({ view, earlierRun, labels, onShow }: DocumentsPartProps) {
  if (view.documents.length === 0)
    return <p className="px-4 py-6 text-ink-2">No document has been made yet.</p>;
  const winner = view.winner?.document;
  const second = runnerUp(view);
  return (
    <Scroll label={`Documents of ${view.document}`}>
      <table className="table w-full min-w-[36rem]" data-testid="documents">
        <thead>
          <tr>
            <th scope="col">Document</th>
            <th scope="col">
              <span className="block text-left">Notes</span>
            </th>
            <th scope="col">Score</th>
            <th scope="col">Win rate</th>
            <th scope="col">Size</th>
            <th scope="col" className="relative">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {view.documents.map((document) => (
            <Row
              key={document.docId}
              document={document}
              labels={labels}
              earlierRun={earlierRun}
              isWinner={document.docId === winner}
              score={view.scores.find((each) => each.document === document.docId) ?? null}
              row={rowOf(view, document.docId)}
              onView={() => onShow(document.docId)}
              onCompare={() =>
                onShow(document.docId, (document.docId === winner ? second : winner) ?? SOURCE)
              }
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface RowProps {
  document: SourceDocument;
  labels: ReadonlyMap<string, DocLabel>;
  earlierRun: string | null;
  isWinner: boolean;
  score: DocumentScore | null;
  row: RankingRow | null;
  onView: () => void;
  onCompare: () => void;
}

function Row(props: RowProps) {
  const { document, labels, earlierRun, isWinner, score, row, onView, onCompare } = props;
  const { docId, madeFrom, flags, output } = document;
  const name = nameOf(labels, docId);
  return (
    <tr>
      <th scope="row" className="font-medium">
        <button type="button" className="link min-h-6" onClick={onView} aria-label={`Read ${name}`}>
          {name}
        </button>
        {isWinner && (
          <span className="ml-2 rounded bg-accent px-1 text-xs text-on-accent">winner</span>
        )}
        {madeFrom.length > 0 && (
          <span className="block text-xs font-normal text-ink-2">
            {`from ${madeFrom.map((each) => nameOf(labels, each)).join(" and ")}`}
          </span>
        )}
      </th>
      <td className="text-left!">
        <Flags flags={flags} />
      </td>
      <td className="font-semibold">
        <span className="flex flex-col items-end">
          {scoreText(score?.mean ?? null)}
          <ScoreChange document={document} earlierRun={earlierRun} />
        </span>
      </td>
      <td>{rateText(row?.winRate ?? null)}</td>
      <td className="text-ink-2">{bytes(output.size)}</td>
      <td>
        <Button onClick={onCompare} aria-label={`Compare ${name}`}>
          Compare
        </Button>
      </td>
    </tr>
  );
}
