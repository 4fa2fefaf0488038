import { memo } from "react";
import { artifactUrl } from "../api/queries.ts";
import type { ArtifactRef, RunSpec, Limits as RunLimits } from "../api/types.ts";
import { bytes, count, counted, isoDuration, isoMillis, money, words } from "../models/format.ts";
import { LIMIT_NAMES } from "../models/limits.ts";
import { partsOf } from "../models/spec.ts";
import { Chevron } from "../shell/ui.tsx";
import { Authors, SpecCombine, SpecJudging } from "./SpecJudging.tsx";

interface SpecSectionProps {
  spec: RunSpec;
  /** As they were raised last. */
  limits: RunLimits;
}

/**
 * The frozen specification: every value that was given or filled in, none hidden. It never changes,
 * so it is drawn once, however often the run does.
 */
export const SpecSection = memo(function SpecSection({ spec, limits }: SpecSectionProps) {
  return (
    <details id="spec" tabIndex={-1} className="card group" data-testid="spec">
      <summary className="flex min-h-11 flex-wrap items-center gap-2 rounded-[10px] px-4 py-2 font-semibold select-none">
        <Chevron className="group-open:rotate-90" />
        Specification
        <span className="font-normal text-ink-2">{`${partsOf(spec)}, frozen at the request`}</span>
      </summary>
      <div className="grid gap-x-8 gap-y-5 border-t border-line p-4 lg:grid-cols-2">
        <section aria-label="Limits">
          <h3 className="mb-2 font-medium">Limits</h3>
          <Limits limits={limits} />
        </section>
        <section aria-label="Documents" className="min-w-0">
          <h3 className="mb-2 font-medium">Documents and instructions</h3>
          {spec.reuse !== null && (
            <p className="mb-2 text-ink-2">
              {`${counted(spec.reuse.outputs.length, "document")} taken over from `}
              <a href={`/runs/${encodeURIComponent(spec.reuse.run)}`} className="link">
                another run
              </a>
            </p>
          )}
          <ul className="max-h-72 overflow-y-auto pr-2">
            <Artifact name="Instructions" artifact={spec.instructions} />
            {spec.documents.map((document) => (
              <Artifact key={document.name} name={document.name} artifact={document.artifact} />
            ))}
          </ul>
        </section>
        <section aria-label="Models" className="min-w-0 lg:col-span-2">
          <h3 className="mb-2 font-medium">Models</h3>
          <Authors label="Models of this run" authors={spec.generation.models} />
        </section>
        {spec.combine !== null && <SpecCombine combine={spec.combine} />}
        {spec.evaluation !== null && <SpecJudging evaluation={spec.evaluation} />}
      </div>
    </details>
  );
}, isSame);

/** Each frame brings limits anew; only other values are news. */
function isSame(before: SpecSectionProps, after: SpecSectionProps): boolean {
  const names = LIMITS.map(([name]) => name);
  return (
    before.spec === after.spec && names.every((name) => before.limits[name] === after.limits[name])
  );
}

const LIMITS = Object.entries(LIMIT_NAMES) as [keyof RunLimits, string][];

function Limits({ limits }: { limits: RunLimits }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
      {LIMITS.map(([name, label]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{label}</dt>
          <dd className="tabular" data-testid={`limit-${name}`}>
            {limitText(name, limits[name])}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function limitText(name: string, value: string | number): string {
  if (typeof value === "number") return name.endsWith("Usd") ? money(value) : count(value);
  return isoMillis(value) === null ? words(value) : isoDuration(value);
}

function Artifact({ name, artifact }: { name: string; artifact: ArtifactRef }) {
  return (
    <li className="flex items-baseline justify-between gap-4">
      <a
        href={artifactUrl(artifact.sha256)}
        className="min-w-0 truncate leading-[24px] underline decoration-line-strong underline-offset-2"
        title={name}
      >
        {name}
      </a>
      <span className="shrink-0 text-xs text-ink-2 tabular">{bytes(artifact.size)}</span>
    </li>
  );
}
