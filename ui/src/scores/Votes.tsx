import { useId } from "react";
import type { Ballot, Comparison } from "../api/types.ts";
import { counted } from "../models/format.ts";
import { Button } from "../shell/ui.tsx";
import { useDialog } from "../shell/useDialog.ts";
import { nameOf, type DocLabel } from "./labels.ts";
import { otherOf, votesOn, type Question } from "./votes.ts";

interface VotesProps {
  comparison: Comparison;
  question: Question;
  labels: ReadonlyMap<string, DocLabel>;
  onClose: () => void;
}

/** What each judge preferred, and why. */
export function Votes({ comparison, question, labels, onClose }: VotesProps) {
  const dialog = useDialog();
  const id = useId();
  const votes = votesOn(comparison, question);
  const against = question.against === null ? "all others" : nameOf(labels, question.against);
  const title = `${nameOf(labels, question.document)} against ${against}`;
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      data-testid="votes"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="card m-auto flex max-h-[85dvh] w-[min(64rem,calc(100vw-2rem))] flex-col text-sm text-ink shadow-raised"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3">
        <h2 id={id} className="min-w-0 flex-1 text-base font-semibold wrap-anywhere">
          {title}
        </h2>
        <span className="text-ink-2 tabular">{counted(votes.length, "vote")}</span>
        <Button onClick={onClose}>Close</Button>
      </div>
      <div className="min-h-0 overflow-y-auto" tabIndex={0} role="region" aria-labelledby={id}>
        {votes.length === 0 ? (
          <p className="px-4 py-6 text-ink-2">No judge has answered yet.</p>
        ) : (
          <VotesTable votes={votes} question={question} labels={labels} />
        )}
      </div>
    </dialog>
  );
}

type VotesTableProps = Pick<VotesProps, "question" | "labels"> & { votes: readonly Ballot[] };

function VotesTable({ votes, question, labels }: VotesTableProps) {
  return (
    <table className="table w-full table-fixed" data-testid="votes-table">
      <thead>
        <tr>
          <th scope="col">Judge</th>
          <th scope="col" className="text-left!">
            Shown first
          </th>
          <th scope="col" className="text-left!">
            Preferred
          </th>
        </tr>
      </thead>
      {votes.map((vote) => (
        <tbody key={vote.callId} className="align-top">
          <tr>
            <th scope="row" className="font-normal">
              <span className="block truncate font-mono text-xs" title={vote.judge}>
                {vote.judge}
              </span>
              <span className="text-xs text-ink-2">{`iteration ${vote.iteration}`}</span>
            </th>
            <td className="text-left! whitespace-normal! wrap-anywhere">
              {nameOf(labels, vote.first)}
            </td>
            <td className="text-left! font-medium whitespace-normal! wrap-anywhere">
              {vote.winner === null ? "Neither" : nameOf(labels, vote.winner)}
              {question.against === null && (
                <span className="block text-xs font-normal text-ink-2">
                  {`against ${nameOf(labels, otherOf(vote, question.document))}`}
                </span>
              )}
            </td>
          </tr>
          <tr>
            <td
              colSpan={3}
              className="border-t-0! pt-0! text-left! whitespace-normal! text-ink-2 wrap-anywhere"
            >
              {vote.reason}
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  );
}
