import type { Ballot, Comparison } from "../api/types.ts";

/** Which votes are looked at: those between two documents, or all of one document. */
export interface Question {
  document: string;
  against: string | null;
}

/** In their order: by iteration, judge and pair. */
export function votesOn({ votes }: Comparison, { document, against }: Question): Ballot[] {
  return votes.filter(({ first, second }) => {
    const pair = [first, second];
    return pair.includes(document) && (against === null || pair.includes(against));
  });
}

export function otherOf({ first, second }: Ballot, document: string): string {
  return first === document ? second : first;
}
