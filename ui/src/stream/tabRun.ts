import { HeldRuns, type HeldRun, type OpenStream } from "./heldRuns.ts";

/** The run that this tab looks at: what the tab holds of it, and how to open a stream of its own. */
export interface TabRun extends HeldRun {
  /** Of this tab. */
  id: string;
  now: () => number;
  open: OpenStream;
}

/** Follows the run by a stream of this tab alone. */
export async function followAlone(run: TabRun, signal: AbortSignal): Promise<void> {
  const { open, now } = run;
  const alone = new HeldRuns<HeldRun>({ open, waitMs: 0, now, onTold: () => undefined });
  alone.add(run);
  await alone.follow(signal);
}
