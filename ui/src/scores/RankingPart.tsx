import { memo, useState } from "react";
import type { RankingRow } from "../api/types.ts";
import { count } from "../models/format.ts";
import { LongName } from "../shell/LongName.tsx";
import { Scroll } from "../shell/ui.tsx";
import { HeadToHead } from "./HeadToHead.tsx";
import { nameOf, type DocLabel } from "./labels.ts";
import { axisOf, intervalOf, placeOn, type Axis } from "./plot.ts";
import { Votes } from "./Votes.tsx";
import type { Question } from "./votes.ts";
import { flipText, questionsText, ratingText, rateText, type Compared } from "./ranking.ts";

type Labels = ReadonlyMap<string, DocLabel>;

interface RankingPartProps {
  compared: Compared[];
  labels: Labels;
}

export const RankingPart = memo(function RankingPart({ compared, labels }: RankingPartProps) {
  const [asked, setAsked] = useState<{ id: Compared["id"]; question: Question } | null>(null);
  if (compared.length === 0)
    return <p className="px-4 py-6 text-ink-2">No comparison has been planned yet.</p>;
  return (
    <div className="flex flex-col gap-2">
      {compared.map((each) => (
        <section
          key={each.id}
          aria-labelledby={`${each.id}-ranking`}
          className="not-first:border-t not-first:border-line"
        >
          <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 pt-3 pb-2">
            <h4 id={`${each.id}-ranking`} className="font-medium">
              {each.title}
            </h4>
            <p className="text-xs text-ink-2 tabular">{questionsText(each.comparison.questions)}</p>
            <p className="text-xs font-medium sm:ml-auto" data-testid="flip">
              {flipText(each.comparison.ranking)}
            </p>
          </div>
          <div className="grid gap-x-6 gap-y-4 pb-3 xl:grid-cols-[minmax(0,1fr)_26rem]">
            <Rows
              compared={each}
              labels={labels}
              onAsk={(question) => setAsked({ id: each.id, question })}
            />
            <HeadToHead
              compared={each}
              labels={labels}
              onAsk={(question) => setAsked({ id: each.id, question })}
            />
          </div>
          {asked?.id === each.id && (
            <Votes
              comparison={each.comparison}
              question={asked.question}
              labels={labels}
              onClose={() => setAsked(null)}
            />
          )}
        </section>
      ))}
    </div>
  );
});

interface RowsProps {
  compared: Compared;
  labels: Labels;
  onAsk: (question: Question) => void;
}

function Rows({ compared, labels, onAsk }: RowsProps) {
  const { rows } = compared.comparison.ranking;
  const axis = axisOf(rows);
  const first = rows[0];
  const dotted =
    axis !== null && rows.some((row) => first && intervalOf(axis, row, first)?.overlaps);
  return (
    <Scroll label={`Ranking, ${compared.title.toLowerCase()}`}>
      <table
        className="table w-full min-w-[62rem] max-sm:min-w-[52.5rem] table-fixed"
        data-testid={`ranking-${compared.id}`}
      >
        <thead>
          <tr>
            <th scope="col" className="w-[15rem] max-sm:w-[10rem]">
              Document
            </th>
            <th scope="col">
              <span className="block px-2 text-left">
                95 % interval
                {dotted && (
                  <span className="ml-2 font-normal max-sm:hidden">
                    dotted: may be the first one
                  </span>
                )}
              </span>
            </th>
            <th scope="col" className="w-[7rem]">
              Bradley-Terry
            </th>
            <th scope="col" className="w-[5.75rem]">
              Win rate
            </th>
            <th scope="col" className="w-[4.25rem]">
              Won
            </th>
            <th scope="col" className="w-[4.25rem]">
              Lost
            </th>
            <th scope="col" className="w-[4.25rem]">
              Tied
            </th>
            <th scope="col" className="w-[5rem]">
              Elo
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.document}>
              <th scope="row" className="font-medium" title={nameOf(labels, row.document)}>
                <span className="flex items-center gap-2">
                  <span className="text-ink-2 tabular">{row.rank}</span>
                  <button
                    type="button"
                    className="link min-h-6 min-w-0"
                    aria-label={`Votes on ${nameOf(labels, row.document)}`}
                    onClick={() => onAsk({ document: row.document, against: null })}
                  >
                    <LongName name={nameOf(labels, row.document)} tail={9} />
                  </button>
                </span>
              </th>
              <td className="p-0!">
                <IntervalPlot axis={axis} row={row} first={rows[0] ?? row} />
              </td>
              <td className="font-semibold">{ratingText(row.bradleyTerry)}</td>
              <td>{rateText(row.winRate)}</td>
              <td>{count(row.wins)}</td>
              <td>{count(row.losses)}</td>
              <td>{count(row.ties)}</td>
              <td className="text-ink-2">{ratingText(row.elo)}</td>
            </tr>
          ))}
          <tr aria-hidden="true">
            <td className="border-t-0! py-0!" />
            <td className="border-t-0! p-0!">
              <Ticks axis={axis} />
            </td>
            <td colSpan={6} className="border-t-0! py-0!" />
          </tr>
        </tbody>
      </table>
    </Scroll>
  );
}

/** The interval as a line, the strength as a dot; fainter where it may well be the first one. */
function IntervalPlot({
  axis,
  row,
  first,
}: {
  axis: Axis | null;
  row: RankingRow;
  first: RankingRow;
}) {
  const interval = axis === null ? null : intervalOf(axis, row, first);
  const reach = interval?.overlaps === true ? ", may be the first one" : "";
  const ends =
    interval === null ? "no vote yet" : `${ratingText(row.low)} to ${ratingText(row.high)}${reach}`;
  return (
    <div className="px-5">
      <svg
        role="img"
        aria-label={`95 % interval: ${ends}`}
        className="block h-9 w-full overflow-visible"
      >
        <title>{ends}</title>
        {axis?.ticks.map((tick) => (
          <line
            key={tick}
            x1={`${placeOn(axis, tick)}%`}
            x2={`${placeOn(axis, tick)}%`}
            y1="0"
            y2="100%"
            className="stroke-line"
          />
        ))}
        {interval !== null && (
          <g className={row === first ? "text-accent" : "text-muted"}>
            <line
              x1={`${interval.from}%`}
              x2={`${interval.to}%`}
              y1="50%"
              y2="50%"
              stroke="currentColor"
              strokeWidth="3"
              strokeLinecap="round"
              strokeDasharray={interval.overlaps ? "1 6" : undefined}
            />
            <circle
              cx={`${interval.at}%`}
              cy="50%"
              r="5"
              fill="currentColor"
              className="stroke-surface"
              strokeWidth="2"
            />
          </g>
        )}
      </svg>
    </div>
  );
}

function Ticks({ axis }: { axis: Axis | null }) {
  return (
    <div className="px-5">
      <div className="relative h-6 text-xs text-ink-2 tabular">
        {axis?.ticks.map((tick) => (
          <span
            key={tick}
            className="absolute top-1 -translate-x-1/2 max-sm:even:hidden"
            style={{ left: `${placeOn(axis, tick)}%` }}
          >
            {count(tick)}
          </span>
        ))}
      </div>
    </div>
  );
}
