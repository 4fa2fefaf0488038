import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { explain } from "../api/http.ts";
import { sourcesQuery } from "../api/sources.ts";
import type { CallView, RunView } from "../api/types.ts";
import { modelRows } from "../models/comparison.ts";
import { count } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { BUTTON, BUTTON_SHAPE, Card, Notice, Skeleton } from "../shell/ui.tsx";
import { useTabState } from "../shell/useTabState.ts";
import { ComparedHead } from "./ComparedHead.tsx";
import { CompareTable } from "./CompareTable.tsx";
import { comparedCallsQuery, comparedRunQuery } from "./compareQueries.ts";
import { differing, type Section } from "./rows.ts";
import { settingsSection } from "./settings.ts";
import {
  callsSection,
  costSection,
  modelSections,
  outcomeSection,
  verdictSections,
} from "./sections.ts";

const route = getRouteApi("/compare");

/** Two runs beside each other; which ones is in the address, so that a link shows the same. */
export function ComparePage() {
  const { a, b } = route.useSearch();
  useTabState("Compare runs", "idle");
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold">Compare runs</h1>
        {a !== undefined && b !== undefined && (
          <Link
            to="/compare"
            search={{ a: b, b: a }}
            replace
            className={`${BUTTON_SHAPE} ${BUTTON.quiet}`}
          >
            Swap A and B
          </Link>
        )}
      </div>
      {a === undefined || b === undefined ? <NothingToCompare /> : <Both a={a} b={b} />}
    </div>
  );
}

function NothingToCompare() {
  return (
    <div className="card">
      <Notice title="Two runs are needed" heading="h2">
        <p>Select two runs in the list and press Compare.</p>
        <Link to="/" className={`${BUTTON_SHAPE} ${BUTTON.primary}`}>
          All runs
        </Link>
      </Notice>
    </div>
  );
}

function Both({ a, b }: { a: string; b: string }) {
  const left = useQuery(comparedRunQuery(a));
  const right = useQuery(comparedRunQuery(b));
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <ComparedHead
          letter="A"
          runId={a}
          run={left.data}
          error={left.error}
          onRetry={left.refetch}
        />
        <ComparedHead
          letter="B"
          runId={b}
          run={right.data}
          error={right.error}
          onRetry={right.refetch}
        />
      </div>
      {left.data !== undefined && right.data !== undefined && (
        <Compared key={`${a} ${b}`} a={left.data} b={right.data} />
      )}
    </>
  );
}

function Compared({ a, b }: { a: RunView; b: RunView }) {
  // Only a run that has not ended has a duration that moves.
  const now = useNow();
  const settings = useMemo(() => settingsSection(a.spec, b.spec), [a.spec, b.spec]);
  return (
    <>
      <Part section={outcomeSection(a, b, now)} />
      <Part section={costSection(a, b)} />
      <Part section={callsSection(a, b)} />
      <Models a={a} b={b} />
      {(isJudged(a) || isJudged(b)) && <Verdicts a={a} b={b} />}
      <Card
        id="compare-settings"
        title={settings.title}
        aside={<span className="text-xs text-ink-2">Texts are told apart by their digests</span>}
      >
        {settings.rows.length === 0 ? (
          <p className="border-t border-line px-4 py-3 text-ink-2">
            Documents, instructions, models, judges and limits are the same.
          </p>
        ) : (
          <CompareTable label={settings.title} sections={[settings]} />
        )}
      </Card>
    </>
  );
}

function isJudged(run: RunView): boolean {
  return (run.spec?.evaluation ?? null) !== null;
}

function Part({ section }: { section: Section }) {
  return (
    <Card id={`compare-${section.id}`} title={section.title} aside={<Differing of={[section]} />}>
      <CompareTable label={section.title} sections={[section]} />
    </Card>
  );
}

function Differing({ of }: { of: readonly Section[] }) {
  const all = of.reduce((sum, { rows }) => sum + rows.length, 0);
  const different = of.reduce((sum, { rows }) => sum + differing(rows), 0);
  return (
    <span className="text-xs text-ink-2 tabular">
      {different === 0 ? "No difference" : `${count(different)} of ${count(all)} differ`}
    </span>
  );
}

function Models({ a, b }: { a: RunView; b: RunView }) {
  const left = useQuery(comparedCallsQuery(a.runId, a.asOf));
  const right = useQuery(comparedCallsQuery(b.runId, b.asOf));
  const sections = useMemo(
    () => modelSections(rowsOf(left.data), rowsOf(right.data)),
    [left.data, right.data],
  );
  const error = left.error ?? right.error;
  const whole = left.data !== undefined && right.data !== undefined;
  return (
    <Card id="compare-models" title="By model" aside={whole && <Differing of={sections} />}>
      {error !== null && (
        <p role="alert" className="border-t border-line px-4 py-3 text-failed-ink">
          {`The calls cannot be read: ${explain(error)}`}
        </p>
      )}
      {whole ? (
        <CompareTable label="By model" sections={sections} headed mono />
      ) : (
        error === null && <Skeleton className="m-4 h-24" />
      )}
    </Card>
  );
}

function rowsOf(calls: ReadonlyMap<string, CallView> | undefined) {
  if (calls === undefined) return [];
  return modelRows(calls, { phase: null, acceptance: "ok", winners: new Set() });
}

function Verdicts({ a, b }: { a: RunView; b: RunView }) {
  const left = useQuery({ ...sourcesQuery(a.runId, a.asOf), enabled: isJudged(a) });
  const right = useQuery({ ...sourcesQuery(b.runId, b.asOf), enabled: isJudged(b) });
  const waits = (isJudged(a) && left.isPending) || (isJudged(b) && right.isPending);
  const sections = verdictSections(left.data ?? null, right.data ?? null);
  const error = left.error ?? right.error;
  return (
    <Card
      id="compare-verdicts"
      title="By source document"
      aside={!waits && <Differing of={sections} />}
    >
      {error !== null && (
        <p role="alert" className="border-t border-line px-4 py-3 text-failed-ink">
          {`The scores cannot be read: ${explain(error)}`}
        </p>
      )}
      {waits ? (
        error === null && <Skeleton className="m-4 h-24" />
      ) : (
        <CompareTable label="By source document" sections={sections} headed />
      )}
    </Card>
  );
}
