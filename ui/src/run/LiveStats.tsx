import type { Stats } from "../api/types.ts";
import { percent } from "../models/format.ts";
import { addsUp, endedOf, type Tone } from "../models/runs.ts";
import { ProgressBar } from "../shell/ProgressBar.tsx";
import { Card, Dot, INK, Num } from "../shell/ui.tsx";

interface Tile {
  id: keyof Stats;
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
          {percent(endedOf(stats), stats.planned)} ended
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
      {!addsUp(stats) && (
        <p role="alert" className="border-t border-line px-4 py-2 text-failed-ink">
          These numbers do not add up to the planned calls.
        </p>
      )}
    </Card>
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
        <Num value={value} money={tile.money ?? false} testid={`stat-${tile.id}`} />
      </dd>
    </div>
  );
}
