import type { CSSProperties } from "react";
import { Scroll } from "../shell/ui.tsx";
import { greatestOf } from "./judges.ts";
import { nameOf, type DocLabel } from "./labels.ts";
import { strengthOf } from "./plot.ts";
import { signed, type Compared } from "./ranking.ts";

interface HeadToHeadProps {
  compared: Compared;
  labels: ReadonlyMap<string, DocLabel>;
}

/** Wins less losses of the row against the column. */
export function HeadToHead({ compared, labels }: HeadToHeadProps) {
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
                  <span className="mr-1.5 text-ink-2 tabular">{row.rank}</span>
                  {nameOf(labels, row.document)}
                </th>
                {rows.map((column, c) => (
                  <Net
                    key={column.document}
                    value={r === c ? null : (netWins[r]?.[c] ?? 0)}
                    greatest={greatest}
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

function Net({ value, greatest }: { value: number | null; greatest: number }) {
  if (value === null) return <td className="versus-self" />;
  const share = { "--share": strengthOf(value, greatest) } as CSSProperties;
  return (
    <td data-side={value < 0 ? "minus" : "plus"} style={share}>
      {signed(value)}
    </td>
  );
}
