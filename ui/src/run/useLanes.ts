import { useQuery } from "@tanstack/react-query";
import { lanesQuery } from "../api/queries.ts";
import type { LaneView, RunView } from "../api/types.ts";

const NONE: readonly LaneView[] = [];

/** The lanes in which the run's calls wait; asked only while some do. */
export function useLanes(run: RunView): readonly LaneView[] {
  const enabled = run.stats.queued > 0 && run.status !== "PAUSED";
  return useQuery({ ...lanesQuery, enabled }).data?.lanes ?? NONE;
}
