import type { Stats } from "../api/types.ts";
import { Figure } from "../history/Figure.tsx";
import type { CounterName } from "../history/numbers.ts";
import { money, percent } from "../models/format.ts";
import { costParts } from "../models/money.ts";
import { overshootText } from "../models/overshoot.ts";
import { addsUp, endedOf, type Tone } from "../models/runs.ts";
import { ProgressBar } from "../shell/ProgressBar.tsx";
import { Card, Dot, INK, Num } from "../shell/ui.tsx";

interface Tile {
  id: CounterName;
  label: string;
  tone?: Tone;
  money?: boolean;
}

const TILES: Tile[] = [
  { id: "planned", label: "Planned" },
  { id: "queued", label: "Queued", tone: "queued" },
  { id: "inFlight", label: "In flight", tone: "in-flight" },
  { id: "ok", label: "Ok", tone: "ok" },
  { id: "failed", label: "Failed", tone: "failed" },
  { id: "timedOut", label: "Timed out", tone: "timed-out" },
  { id: "cancelled", label: "Cancelled", tone: "muted" },
  { id: "skipped", label: "Skipped", tone: "muted" },
  { id: "retries", label: "Retries", tone: "retry" },
  { id: "costUsd", label: "Cost", money: true },
  { id: "inputTokens", label: "Tokens in" },
  { id: "outputTokens", label: "Tokens out" },
];

export function LiveStats({ stats }: { stats: Stats }) {
  return (
    <Card
      id="stats"
      title="Live stats"
      aside={
        <span className="text-ink-2 tabular" data-testid="share-ended">
          <Figure source={{ number: "ended" }} value={endedOf(stats)}>
            {percent(endedOf(stats), stats.planned)}
          </Figure>{" "}
          ended
        </span>
      }
    >
      <div className="px-4 pb-4">
        <ProgressBar stats={stats} thick />
      </div>
      <dl className="grid grid-cols-2 gap-px border-t border-line bg-line min-[360px]:grid-cols-3 md:grid-cols-6 xl:grid-cols-12">
        {TILES.map((tile) => (
          <StatTile key={tile.id} tile={tile} value={stats[tile.id]} />
        ))}
      </dl>
      <Notes stats={stats} />
      {!addsUp(stats) && (
        <p role="alert" className="border-t border-line px-4 py-2 text-failed-ink">
          These numbers do not add up to the planned calls.
        </p>
      )}
    </Card>
  );
}

/** What the tiles do not say: where the money went, what was saved, how late a deadline was kept. */
function Notes({ stats }: { stats: Stats }) {
  const parts = costParts(stats);
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-8 gap-y-1 border-t border-line px-4 py-2 text-xs text-ink-2 tabular">
      {parts.length === 0 ? (
        <p>Nothing is spent yet</p>
      ) : (
        <ul
          aria-label="Parts of the cost"
          data-testid="cost-parts"
          className="flex flex-wrap gap-x-4 gap-y-1"
        >
          <li aria-hidden="true">Cost:</li>
          {parts.map(({ key, label, meaning, tone, usd }) => (
            <li key={key} title={meaning} className="inline-flex items-center gap-1.5">
              <Dot tone={tone} />
              {label}
              <Figure source={{ number: key }} value={usd}>
                <Num value={usd} money testid={`cost-${key}`} />
              </Figure>
            </li>
          ))}
        </ul>
      )}
      {stats.savedUsd > 0 && (
        <p data-testid="saved">
          {"saved by giving up a model: "}
          <Figure source={{ number: "savedUsd" }} value={stats.savedUsd}>
            <span className={`font-medium ${INK.ok}`}>{money(stats.savedUsd)}</span>
          </Figure>
        </p>
      )}
      {stats.timedOut > 0 && (
        <p data-testid="overshoot" className={INK["timed-out"]}>
          <Figure source={{ number: "timedOut" }} value={stats.timedOut}>
            {overshootText(stats.timedOut, stats.overshoot)}
          </Figure>
        </p>
      )}
    </div>
  );
}

/** Zero is quiet; a number takes its colour when there is something to see. */
function StatTile({ tile, value }: { tile: Tile; value: number }) {
  const { tone } = tile;
  const ink = tone === undefined || value === 0 ? "text-ink" : INK[tone];
  return (
    <div className="flex flex-col bg-surface px-3 py-3 sm:px-4">
      <dt className="flex items-center gap-1.5 text-xs whitespace-nowrap text-ink-2">
        {tone !== undefined && <Dot tone={tone} />}
        {tile.label}
      </dt>
      <dd
        className={`mt-0.5 text-lg font-semibold tracking-tight tabular ${ink} ${value === 0 ? "opacity-70" : ""}`}
      >
        <Figure source={{ number: tile.id }} value={value}>
          <Num value={value} money={tile.money ?? false} testid={`stat-${tile.id}`} />
        </Figure>
      </dd>
    </div>
  );
}
