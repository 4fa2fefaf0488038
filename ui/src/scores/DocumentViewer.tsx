import { useId, useState } from "react";
import type { RunSpec, RunView, SourceView } from "../api/types.ts";
import { Button } from "../shell/ui.tsx";
import { useDialog } from "../shell/useDialog.ts";
import { SOURCE, type OnShow } from "./choice.ts";
import { DocumentPane, type Look } from "./DocumentPane.tsx";
import { runnerUp } from "./ranking.ts";

interface DocumentViewerProps {
  run: RunView;
  spec: RunSpec;
  view: SourceView;
  document: string;
  beside: string | null;
  onShow: OnShow;
  onClose: () => void;
}

/** One document, or two beside each other, over the run that goes on behind them. */
export default function DocumentViewer(props: DocumentViewerProps) {
  const { run, spec, view, document, beside, onShow, onClose } = props;
  const dialog = useDialog();
  const id = useId();
  const [look, setLook] = useState<Look>("rendered");
  const rivals = [view.winner?.document, runnerUp(view), SOURCE];
  const other = rivals.find((each) => each != null && each !== document) ?? SOURCE;
  const pane = { runId: run.runId, spec, view, look, onLook: setLook };
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      data-testid="viewer"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={`viewer panel-in ${beside === null ? "" : "viewer-two"}`}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3">
        <h2 id={id} className="min-w-0 flex-1 basis-48 truncate text-base font-semibold">
          {view.document}
        </h2>
        <span role="group" aria-label="Look" className="flex gap-1">
          {(["rendered", "source text"] as const).map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={look === each}
              onClick={() => setLook(each)}
            >
              {each === "rendered" ? "Rendered" : "Source text"}
            </button>
          ))}
        </span>
        {beside === null ? (
          <Button onClick={() => onShow(document, other)}>Compare</Button>
        ) : (
          <Button onClick={() => onShow(document)}>One only</Button>
        )}
        <Button onClick={onClose} aria-label="Close the document">
          Close
        </Button>
      </div>
      <div className="viewer-panes">
        <DocumentPane
          {...pane}
          side="left"
          document={document}
          onChoose={(next) => onShow(next, beside ?? undefined)}
        />
        {beside !== null && (
          <DocumentPane
            {...pane}
            side="right"
            document={beside}
            onChoose={(next) => onShow(document, next)}
          />
        )}
      </div>
    </dialog>
  );
}
