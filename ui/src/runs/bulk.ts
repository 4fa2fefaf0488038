import type { RunView } from "../api/types.ts";
import { counted } from "../models/format.ts";

/** What can be done with several runs at once. Pure: which runs it is for, and in which words. */
export type BulkAction = "cancel" | "archive" | "unarchive" | "delete";

export function appliesTo(action: BulkAction, run: RunView): boolean {
  switch (action) {
    case "cancel":
      return run.status !== "FINISHED" && run.status !== "CANCELLING";
    case "archive":
    case "unarchive":
      return true;
    case "delete":
      return run.status === "FINISHED";
  }
}

/** What may be asked of the list that is on the screen. */
export function offered(archived: boolean): BulkAction[] {
  return archived ? ["cancel", "unarchive", "delete"] : ["cancel", "archive", "delete"];
}

const DONE: Record<BulkAction, string> = {
  cancel: "cancelled",
  archive: "archived",
  unarchive: "taken out of the archive",
  delete: "deleted",
};

export const DOING: Record<BulkAction, string> = {
  cancel: "Cancelling…",
  archive: "Archiving…",
  unarchive: "Unarchiving…",
  delete: "Deleting…",
};

/** What must be typed before runs are deleted: the name of the one, or how many. */
export function confirmation(runs: readonly RunView[]): string {
  const [only] = runs;
  return runs.length === 1 && only !== undefined
    ? only.name
    : `delete ${counted(runs.length, "run")}`;
}

/** Whether the log has told what was asked: the list that was read since then says so. */
export function isTold(action: BulkAction, run: RunView | undefined): boolean {
  if (run === undefined) return true;
  return action === "cancel" && (run.status === "CANCELLING" || run.status === "FINISHED");
}

export interface Refusal {
  run: RunView;
  reason: string;
}

/** What came of an action on several runs. */
export interface BulkOutcome {
  action: BulkAction;
  accepted: readonly RunView[];
  refused: readonly Refusal[];
}

/** "3 of 5 runs will be archived" until the log has told it. */
export function outcomeText({ action, accepted, refused }: BulkOutcome, open: number): string {
  const all = accepted.length + refused.length;
  const of =
    refused.length === 0 ? counted(all, "run") : `${accepted.length} of ${counted(all, "run")}`;
  const one = (refused.length === 0 ? all : accepted.length) === 1;
  if (accepted.length === 0) return `No run was ${DONE[action]}.`;
  if (open > 0)
    return `${of} will be ${DONE[action]}: accepted, the log has not told it of ${open} yet.`;
  return `${of} ${one ? "was" : "were"} ${DONE[action]}.`;
}

/** At most so many requests at a time: a hundred runs must not be a hundred connections. */
const AT_ONCE = 4;

/** Asks for each run in turn; one that is refused stops none of the others. */
export async function askAll(
  action: BulkAction,
  runs: readonly RunView[],
  ask: (action: BulkAction, run: RunView) => Promise<unknown>,
  explain: (error: unknown) => string,
): Promise<BulkOutcome> {
  const answers = new Map<RunView, string | null>();
  const left = runs.values();
  const work = async () => {
    for (const run of left) {
      answers.set(
        run,
        await ask(action, run).then(
          () => null,
          (error: unknown) => explain(error),
        ),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, runs.length) }, work));
  return {
    action,
    accepted: runs.filter((run) => answers.get(run) === null),
    refused: runs.flatMap((run) => {
      const reason = answers.get(run) ?? null;
      return reason === null ? [] : [{ run, reason }];
    }),
  };
}
