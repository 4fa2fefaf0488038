import type { CSSProperties } from "react";
import { LongName } from "../shell/LongName.tsx";
import { Scroll } from "../shell/ui.tsx";
import { greatestOf } from "./judges.ts";
import { nameOf, type DocLabel } from "./labels.ts";
import { strengthOf } from "./plot.ts";
import { signed, type Compared } from "./ranking.ts";
import type { Question } from "./votes.ts";

interface HeadToHeadProps {
  compared: Compared;
  labels: ReadonlyMap<string, DocLabel>;
  onAsk: (question: Question) => void;
}

/** Wins less losses of the row against the column. */
export function HeadToHead({ compared, labels, onAsk }: HeadToHeadProps) {
  const { rows, netWins } = compared.comparison.ranking;
  const greatest = greatestOf(netWins.flat());
  return (
    <div className="min-w-0">
      <Scroll label={`Head to head, ${compared.title.toLowerCase()}`}>
        <table className="versus" data-testid={`versus-${compared.id}`}>
          <caption>Head to head: net wins of the row</caption>
          <thead>
            <tr>
              <td />
              {rows.map((row) => (
                <th
                  key={row.document}
                  scope="col"
                  className="relative"
                  title={nameOf(labels, row.document)}
                >
                  <span aria-hidden="true">{row.rank}</span>
                  <span className="sr-only">{nameOf(labels, row.document)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              <tr key={row.document}>
                <th scope="row" title={nameOf(labels, row.document)}>
                  <span className="flex gap-1.5">
                    <span className="text-ink-2 tabular">{row.rank}</span>
                    <LongName name={nameOf(labels, row.document)} />
                  </span>
                </th>
                {rows.map((column, c) => (
                  <Net
                    key={column.document}
                    value={r === c ? null : (netWins[r]?.[c] ?? 0)}
                    greatest={greatest}
                    label={`${nameOf(labels, row.document)} against ${nameOf(labels, column.document)}`}
                    onAsk={() => onAsk({ document: row.document, against: column.document })}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}

interface NetProps {
  value: number | null;
  greatest: number;
  label: string;
  onAsk: () => void;
}

function Net({ value, greatest, label, onAsk }: NetProps) {
  if (value === null) return <td className="versus-self" />;
  const share = { "--share": strengthOf(value, greatest) } as CSSProperties;
  return (
    <td data-side={value < 0 ? "minus" : "plus"} style={share}>
      <button type="button" aria-label={`${signed(value)}, votes on ${label}`} onClick={onAsk}>
        {signed(value)}
      </button>
    </td>
  );
}
