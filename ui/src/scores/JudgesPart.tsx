import { memo, type CSSProperties } from "react";
import type { SourceView } from "../api/types.ts";
import { INK, Scroll } from "../shell/ui.tsx";
import { agreementVerdict, greatestOf } from "./judges.ts";
import type { Heatmap } from "./heatmap.ts";
import { Biases } from "./Biases.tsx";
import { placeOn, strengthOf } from "./plot.ts";
import { signed } from "./ranking.ts";

interface JudgesPartProps {
  view: SourceView;
  judges: Heatmap["judges"];
}

/** How far the judges can be trusted: whom each one favours, and whether they agree. */
export const JudgesPart = memo(function JudgesPart({ view, judges }: JudgesPartProps) {
  return (
    <div className="grid gap-x-8 gap-y-6 pb-4 lg:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
      <Deviations view={view} judges={judges} />
      <div className="flex flex-col gap-6 px-4 lg:pl-0">
        <AgreementPart view={view} />
        <Biases view={view} judges={judges} />
      </div>
    </div>
  );
});

function Deviations({ view, judges }: JudgesPartProps) {
  const of = (judge: string) => view.judges.find((each) => each.judge === judge);
  const criteria = view.judges[0]?.criteria.map(({ criterion }) => criterion) ?? [];
  const greatest = greatestOf(view.judges.flatMap((each) => each.criteria.map(({ mean }) => mean)));
  return (
    <section aria-labelledby="deviation-title" className="min-w-0">
      <h4 id="deviation-title" className="px-4 pt-3 font-medium">
        Deviation from all judges
      </h4>
      <p className="px-4 pb-2 text-xs text-ink-2">
        How much more (+) or less (−) a judge gives than all of them together give to the same.
      </p>
      {criteria.length === 0 ? (
        <p className="px-4 py-2 text-ink-2">At least two judges must have scored something.</p>
      ) : (
        <Scroll label="Deviation of each judge by criterion">
          <table className="versus versus-wide" data-testid="deviations">
            <thead>
              <tr>
                <th scope="col">Criterion</th>
                {judges.map(({ judge, name, letter }) => (
                  <th key={judge} scope="col" title={judge}>
                    <span className="heat-key mr-1.5">{letter}</span>
                    <span className="font-mono max-sm:sr-only">{name}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <tr className="font-semibold">
                <th scope="row">All, weighted</th>
                {judges.map(({ judge }) => (
                  <Deviation key={judge} value={of(judge)?.mean ?? null} greatest={greatest} />
                ))}
              </tr>
              {criteria.map((criterion, index) => (
                <tr key={criterion}>
                  <th scope="row">{criterion}</th>
                  {judges.map(({ judge }) => (
                    <Deviation
                      key={judge}
                      value={of(judge)?.criteria[index]?.mean ?? null}
                      greatest={greatest}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function Deviation({ value, greatest }: { value: number | null; greatest: number }) {
  if (value === null) return <td className="heat-missing">–</td>;
  const share = { "--share": strengthOf(value, greatest) } as CSSProperties;
  return (
    <td data-side={value < 0 ? "minus" : "plus"} style={share}>
      {signed(value, 2)}
    </td>
  );
}

const ALPHA_AXIS = { min: 0, max: 1, ticks: [0.4, 0.667, 0.8] };

function AgreementPart({ view: { agreement } }: { view: SourceView }) {
  if (agreement === null)
    return (
      <section aria-labelledby="agreement-title" className="lg:pt-3">
        <h4 id="agreement-title" className="font-medium">
          Agreement
        </h4>
        <p className="mt-1 text-ink-2">
          Not defined yet: it needs two judges on the same document, and values that differ.
        </p>
      </section>
    );
  const verdict = agreementVerdict(agreement);
  return (
    <section aria-labelledby="agreement-title" className="lg:pt-3" data-testid="agreement">
      <h4 id="agreement-title" className="font-medium">
        Agreement
      </h4>
      <p className="mt-1 flex items-baseline gap-2">
        <span className="text-2xl font-semibold tabular">{agreement.alpha.toFixed(2)}</span>
        <span className={`font-medium ${INK[verdict.tone]}`}>{verdict.word}</span>
        <span className="text-xs text-ink-2">Krippendorff’s alpha: 1 is perfect, 0 is chance</span>
      </p>
      <svg aria-hidden="true" className="mt-2 block h-3 w-full overflow-visible">
        <rect x="0" y="4" width="100%" height="4" rx="2" className="fill-sunken" />
        <rect
          x="0"
          y="4"
          width={`${Math.max(0, agreement.alpha) * 100}%`}
          height="4"
          rx="2"
          className="fill-accent"
        />
        {ALPHA_AXIS.ticks.map((tick) => (
          <line
            key={tick}
            x1={`${placeOn(ALPHA_AXIS, tick)}%`}
            x2={`${placeOn(ALPHA_AXIS, tick)}%`}
            y1="1"
            y2="11"
            className="stroke-line-strong"
          />
        ))}
      </svg>
      <p className="mt-1.5 text-ink-2">{verdict.meaning}</p>
    </section>
  );
}
