import type { RunView } from "../api/types.ts";
import { count } from "./format.ts";
import { endedOf, type Tone } from "./runs.ts";

/** A part of the run's page that one can go to. */
export interface Section {
  /** Of its card. */
  id: string;
  name: string;
  /** What of it one wants to know from afar; null for nothing. */
  count: number | null;
  tone: Tone;
}

/** The parts of a run's page, in their order on it. */
export function sectionsOf(run: RunView): Section[] {
  const { stats, spec } = run;
  return [
    section("stats", "Stats"),
    section("active", "In flight", stats.inFlight, "in-flight"),
    ...(spec?.evaluation == null ? [] : [section("scores", "Scores")]),
    section("timeline", "Timeline"),
    section("failures", "Errors", stats.failed + stats.timedOut, "failed"),
    section("calls", "Calls", endedOf(stats), "muted"),
    section("console", "Console"),
    section("models", "Models"),
    section("by-phase", "Tables"),
    ...(spec === null ? [] : [section("spec", "Specification")]),
  ];
}

function section(
  id: string,
  name: string,
  shown: number | null = null,
  tone: Tone = "muted",
): Section {
  return { id, name, count: shown, tone };
}

/** How far a run is, in few words. */
export function glanceOf({ stats }: RunView): string {
  return `${count(endedOf(stats))} of ${count(stats.planned)}`;
}

/**
 * The section that is being read: the last one whose top has passed the line, else the first.
 *
 * @param tops of the sections in their order, relative to the line, in any unit
 */
export function currentSection(tops: readonly number[]): number {
  return Math.max(
    0,
    tops.findLastIndex((top) => top <= 0),
  );
}
