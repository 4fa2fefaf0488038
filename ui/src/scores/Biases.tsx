import type { PositionBias, SourceView } from "../api/types.ts";
import type { Heatmap } from "./heatmap.ts";
import { biasOf, biasText, biasVerdict, isLeaning } from "./judges.ts";
import { signed } from "./ranking.ts";

interface BiasesProps {
  view: SourceView;
  judges: Heatmap["judges"];
}

/** Which judges lean to what they are shown first. */
export function Biases({ view, judges }: BiasesProps) {
  const biases = biasOf(view);
  return (
    <section aria-labelledby="bias-title" data-testid="bias">
      <h4 id="bias-title" className="font-medium">
        Position bias
      </h4>
      <p className="text-xs text-ink-2">
        How much oftener than half the time the document shown first has won.
      </p>
      {biases.length === 0 && (
        <p className="mt-1 text-ink-2">No comparison has been answered yet.</p>
      )}
      <ul className="mt-2 flex flex-col gap-3">
        {biases.map((each) => (
          <Bias
            key={each.judge}
            bias={each}
            name={judges.find(({ judge }) => judge === each.judge)?.name ?? each.judge}
          />
        ))}
      </ul>
    </section>
  );
}

function Bias({ bias, name }: { bias: PositionBias; name: string }) {
  const value = bias.bias ?? 0;
  const tone = isLeaning(bias) ? "fill-timed-out" : "fill-muted";
  return (
    <li>
      <span className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-mono text-xs" title={bias.judge}>
          {name}
        </span>
        <span className="ml-auto text-xs text-ink-2 tabular">{biasText(bias)}</span>
        <span className="w-12 text-right font-semibold tabular">
          {bias.bias === null ? "–" : `${signed(value * 100)} %`}
        </span>
      </span>
      <svg aria-hidden="true" className="mt-1 block h-2.5 w-full overflow-visible">
        <rect x="0" y="3" width="100%" height="4" rx="2" className="fill-sunken" />
        <rect
          x={`${50 + Math.min(0, value) * 100}%`}
          y="3"
          width={`${Math.abs(value) * 100}%`}
          height="4"
          className={tone}
        />
        <line x1="50%" x2="50%" y1="0" y2="10" className="stroke-line-strong" />
      </svg>
      <span className={`text-xs ${isLeaning(bias) ? "text-timed-out-ink" : "text-ink-2"}`}>
        {biasVerdict(bias)}
      </span>
    </li>
  );
}
