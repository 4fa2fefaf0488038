import type { Row, Section } from "./rows.ts";

const GRID =
  "grid grid-cols-3 gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[minmax(8rem,0.9fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(7rem,0.8fr)] sm:items-baseline";

interface CompareTableProps {
  label: string;
  /** One block, or several with a heading each: a model, a source document. */
  sections: readonly Section[];
  /** Whether the blocks have their own headings. */
  headed?: boolean;
  mono?: boolean;
}

/** Two runs beside each other. On a narrow screen each number stands with the letter of its run. */
export function CompareTable({ label, sections, headed = false, mono = false }: CompareTableProps) {
  return (
    <div role="table" aria-label={label}>
      <div role="rowgroup">
        <div role="row" className={`${GRID} grid-head border-t border-line max-sm:sr-only`}>
          <span role="columnheader">Measure</span>
          <span role="columnheader">
            <Letter run="A" />
          </span>
          <span role="columnheader">
            <Letter run="B" />
          </span>
          <span role="columnheader">B against A</span>
        </div>
      </div>
      {sections.map((section) => (
        <div key={section.id} role="rowgroup">
          {headed && (
            <div role="row" className="border-t border-line bg-sunken px-4 py-1.5">
              <span
                role="rowheader"
                className={`block font-medium wrap-anywhere ${mono ? "font-mono text-xs" : ""}`}
              >
                {section.title}
              </span>
            </div>
          )}
          {section.rows.map((row) => (
            <CompareRow key={row.key} row={row} />
          ))}
        </div>
      ))}
    </div>
  );
}

function CompareRow({ row }: { row: Row }) {
  const { label, a, b, change } = row;
  return (
    <div
      role="row"
      className={`${GRID} border-t border-line`}
      data-testid={`row-${label}`}
      data-differs={change !== null}
    >
      <span role="rowheader" className="text-ink-2 wrap-anywhere max-sm:col-span-3">
        {label}
      </span>
      <Value run="A" text={a} strong={change !== null} />
      <Value run="B" text={b} strong={change !== null} />
      <span role="cell" className="tabular text-ink-2 max-sm:text-xs" data-testid="change">
        {change ?? <span aria-label="the same">=</span>}
      </span>
    </div>
  );
}

interface ValueProps {
  run: "A" | "B";
  text: string | null;
  strong: boolean;
}

function Value({ run, text, strong }: ValueProps) {
  return (
    <span
      role="cell"
      data-run={run}
      className={`min-w-0 tabular wrap-anywhere ${strong ? "font-medium" : ""}`}
    >
      <Letter run={run} className="mr-1.5 sm:hidden" />
      {text ?? <span className="font-normal text-ink-2">–</span>}
    </span>
  );
}

/** The mark of a run; it stands at everything that is said of one. */
export function Letter({ run, className = "" }: { run: "A" | "B"; className?: string }) {
  return (
    <span
      className={`inline-flex size-5 items-center justify-center rounded border border-line-strong text-xs font-semibold text-ink ${className}`}
    >
      {run}
    </span>
  );
}
