import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { RunView } from "../api/types.ts";
import { count } from "../models/format.ts";
import { labelOf } from "../models/runs.ts";
import { currentSection, glanceOf, sectionsOf, type Section } from "../models/sections.ts";
import { Badge, Dot, INK } from "../shell/ui.tsx";
import { useFrame } from "../shell/useFrame.ts";

/** A section counts as read from so many pixels above the bar's lower edge on. */
const AHEAD = 64;

/** The parts of the page, always within reach; and the run itself once its header is out of view. */
export function SectionBar({ run }: { run: RunView }) {
  const bar = useRef<HTMLElement>(null);
  const sections = useMemo(() => sectionsOf(run), [run]);
  const { current, stuck } = usePlace(bar, sections);
  return (
    <nav
      ref={bar}
      aria-label="Sections of this run"
      data-stuck={stuck}
      className="section-bar sticky top-0 z-20 -mx-4 flex items-center gap-3 border-b border-line bg-canvas px-4 py-1.5 sm:-mx-6 sm:px-6"
    >
      <Glance run={run} shown={stuck} />
      <ul className="flex min-w-0 flex-1 gap-0.5 overflow-x-auto">
        {sections.map((section, index) => (
          <li key={section.id} className="shrink-0">
            <SectionLink section={section} current={stuck && index === current} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Glance({ run, shown }: { run: RunView; shown: boolean }) {
  const label = labelOf(run.status, run.outcome);
  if (!shown) return null;
  return (
    <p className="flex min-w-0 shrink-0 items-center gap-2 border-r border-line pr-3">
      <span className="max-w-48 truncate font-medium max-lg:sr-only" title={run.name}>
        {run.name}
      </span>
      <span className="max-sm:hidden">
        <Badge label={label} />
      </span>
      <span className="inline-flex sm:hidden">
        <Dot tone={label.tone} moving={label.tone === "in-flight"} />
        <span className="sr-only">{label.text}</span>
      </span>
      <span className="text-xs whitespace-nowrap text-ink-2 tabular">{glanceOf(run)}</span>
    </p>
  );
}

function SectionLink({ section, current }: { section: Section; current: boolean }) {
  const { id, name, count: shown, tone } = section;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (current) showIn(link.current?.closest("ul"), link.current);
  }, [current]);
  return (
    <a
      ref={link}
      href={`#${id}`}
      aria-current={current ? "location" : undefined}
      onClick={(event) => {
        event.preventDefault();
        goTo(id);
      }}
      className="chip inline-flex items-center gap-1"
    >
      {name}
      {shown !== null && shown > 0 && (
        <span className={`tabular ${INK[tone]}`}>{count(shown)}</span>
      )}
    </a>
  );
}

/** Sideways only: the page itself is not to move. */
function showIn(list: HTMLElement | null | undefined, link: HTMLElement | null): void {
  if (list == null || link === null) return;
  const { left, right } = link.getBoundingClientRect();
  const box = list.getBoundingClientRect();
  if (left < box.left) list.scrollLeft -= box.left - left;
  if (right > box.right) list.scrollLeft += right - box.right;
}

/** The keyboard goes on from there, too. */
function goTo(id: string): void {
  const section = document.getElementById(id);
  section?.scrollIntoView();
  section?.focus({ preventScroll: true });
}

interface Place {
  current: number;
  /** Whether the bar has left its place on the page, so that the header is out of view. */
  stuck: boolean;
}

function usePlace(bar: RefObject<HTMLElement | null>, sections: readonly Section[]): Place {
  const [place, setPlace] = useState<Place>({ current: 0, stuck: false });
  const atNextFrame = useFrame();
  const ids = sections.map(({ id }) => id).join(" ");
  useEffect(() => {
    const look = () =>
      atNextFrame(() => {
        const next = placeOf(bar.current, ids.split(" "));
        setPlace((held) =>
          held.current === next.current && held.stuck === next.stuck ? held : next,
        );
      });
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [bar, ids, atNextFrame]);
  return place;
}

function placeOf(bar: HTMLElement | null, ids: readonly string[]): Place {
  const edge = bar?.getBoundingClientRect();
  if (edge === undefined) return { current: 0, stuck: false };
  const tops = ids.map(
    (id) => (document.getElementById(id)?.getBoundingClientRect().top ?? Infinity) - edge.bottom,
  );
  return { current: currentSection(tops.map((top) => top - AHEAD)), stuck: edge.top <= 0 };
}
