import { explain } from "../api/http.ts";
import type { Estimate } from "../api/types.ts";
import { count, isoDuration, money, sentence } from "../models/format.ts";
import { Card, Scroll } from "../shell/ui.tsx";
import { costText, timeText } from "./estimate.ts";
import type { LiveEstimate } from "./useEstimate.ts";

/** What the run would ask for and cost, by phase and model, while the form is filled in. */
export function EstimateCard({ live }: { live: LiveEstimate }) {
  const { estimate, error } = live;
  return (
    <Card id="estimate" title="Estimate" aside={<Freshness live={live} />}>
      {error !== null && (
        <p role="alert" className="border-t border-line px-4 py-3 text-failed-ink">
          {`No estimate: ${explain(error)}`}
        </p>
      )}
      {estimate === null ? (
        error === null && (
          <p className="border-t border-line px-4 py-3 text-ink-2">
            It appears as soon as name, documents and models are there.
          </p>
        )
      ) : (
        <Details estimate={estimate} />
      )}
    </Card>
  );
}

function Freshness({ live }: { live: LiveEstimate }) {
  if (live.error !== null || live.estimate === null) return null;
  return <span className="text-xs text-ink-2">{freshnessOf(live)}</span>;
}

function freshnessOf({ incomplete, current }: LiveEstimate): string {
  if (incomplete) return "Of an earlier state: something is missing in the form";
  return current ? "No provider is asked for it" : "Estimating…";
}

function Details({ estimate }: { estimate: Estimate }) {
  const time = timeText(estimate);
  return (
    <div data-testid="estimate">
      <dl className="grid gap-px border-t border-line bg-line sm:grid-cols-[8rem_1fr_1fr]">
        <Fact name="Calls">{count(estimate.calls)}</Fact>
        <Fact name="Cost">{costText(estimate)}</Fact>
        <Fact name="Time">
          {time ?? <span className="text-ink-2">unknown: a model has no past calls</span>}
        </Fact>
      </dl>
      <Scroll label="Estimate by phase and model">
        <table className="table w-full border-t border-line">
          <thead>
            <tr>
              <th scope="col">Phase and model</th>
              <th scope="col">Calls</th>
              <th scope="col">Least</th>
              <th scope="col">Likely</th>
              <th scope="col">Most</th>
              <th scope="col">Past calls</th>
              <th scope="col">p50</th>
              <th scope="col">p90</th>
            </tr>
          </thead>
          <tbody>
            {estimate.phases.map((phase) => (
              <Phase key={phase.phase} phase={phase} models={estimate.models} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="bg-surface px-4 py-2.5">
      <dt className="eyebrow">{name}</dt>
      <dd className="font-medium tabular">{children}</dd>
    </div>
  );
}

interface PhaseProps {
  phase: Estimate["phases"][number];
  models: Estimate["models"];
}

function Phase({ phase, models }: PhaseProps) {
  return (
    <>
      <tr>
        <th scope="rowgroup" className="font-medium">
          {sentence(phase.phase)}
        </th>
        <td className="font-medium">{count(phase.calls)}</td>
        <td className="font-medium">{money(phase.minUsd)}</td>
        <td className="font-medium">{money(phase.likelyUsd)}</td>
        <td className="font-medium">{money(phase.maxUsd)}</td>
        <td colSpan={3} />
      </tr>
      {models
        .filter((model) => model.phase === phase.phase)
        .map((model) => (
          <tr key={model.model} className="text-ink-2">
            <th scope="row" className="pl-7! font-mono text-xs font-normal">
              {model.model}
            </th>
            <td>{count(model.calls)}</td>
            <td>{money(model.minUsd)}</td>
            <td>{model.likelyUsd === null ? "–" : money(model.likelyUsd)}</td>
            <td>{money(model.maxUsd)}</td>
            <td>{count(model.pastCalls)}</td>
            <td>{model.p50 === null ? "–" : isoDuration(model.p50)}</td>
            <td>{model.p90 === null ? "–" : isoDuration(model.p90)}</td>
          </tr>
        ))}
    </>
  );
}
