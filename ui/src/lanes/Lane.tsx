import { useState } from "react";
import { resetLane, setLane } from "../api/queries.ts";
import type { LaneLimits, LaneView } from "../api/types.ts";
import { count, counted } from "../models/format.ts";
import { blockedFor, holdOf, holdTone, sameLimits, secondsLeft } from "../models/lanes.ts";
import type { Sample, Span } from "../models/lanesamples.ts";
import type { Label } from "../models/runs.ts";
import { AskedNote } from "../shell/AskedNote.tsx";
import { Badge, Button } from "../shell/ui.tsx";
import { isWaiting, useAsked } from "../shell/useAsked.ts";
import { LaneForm } from "./LaneForm.tsx";
import { Meter } from "./Meter.tsx";
import { Spark } from "./Spark.tsx";

interface LaneProps {
  lane: LaneView;
  /** How it stood up to now. */
  samples: readonly Sample[];
  /** What is shown of it. */
  time: Span;
  now: number;
}

/** Null asks for the configured limits again. */
type Change = LaneLimits | null;

export function Lane({ lane, samples, time, now }: LaneProps) {
  const [editing, setEditing] = useState(false);
  const { limits, requestsInWindow, tokensInWindow } = lane;
  const { asked, ask, forget } = useAsked(
    (change: Change) => (change === null ? resetLane(lane.lane) : setLane(lane.lane, change)),
    (change) => (change === null ? !lane.overridden : sameLimits(change, limits)),
  );
  const busy = isWaiting(asked);
  const done = () => setEditing(false);
  return (
    <li className="border-t border-line" data-testid={`lane-${lane.lane}`}>
      <div className="lane-row">
        <div className="min-w-0" data-area="name">
          <span className="block truncate font-mono text-xs font-medium" title={lane.lane}>
            {lane.lane}
          </span>
          <span className="block truncate text-xs text-ink-2">
            {lane.overridden ? "changed while running" : "as configured"}
          </span>
        </div>
        <div data-area="state">
          <Badge label={stateOf(lane, now)} />
        </div>
        <div data-area="spark">
          <Spark lane={lane} samples={samples} time={time} />
        </div>
        <div data-area="waiting" className="min-w-0 text-xs tabular">
          <span className="block font-medium">{`${count(lane.waiting)} waiting`}</span>
          <span className="block text-ink-2">{`of ${counted(lane.runs, "run")}`}</span>
        </div>
        <div data-area="requests">
          <Meter
            label="Requests of the last minute"
            value={requestsInWindow}
            limit={limits.requestsPerMinute}
            text={`${count(requestsInWindow)}${ofLimit(limits.requestsPerMinute)} requests/min`}
          />
        </div>
        <div data-area="tokens">
          <Meter
            label="Tokens of the last minute"
            value={tokensInWindow}
            limit={limits.tokensPerMinute}
            text={`${short(tokensInWindow)}${limits.tokensPerMinute === null ? "" : ` of ${short(limits.tokensPerMinute)}`} tokens/min`}
          />
        </div>
        <div data-area="change" className="justify-self-end">
          <Button
            className="min-h-7 px-2 text-xs"
            aria-expanded={editing}
            aria-disabled={busy}
            aria-label={`Change the limits of ${lane.lane}`}
            onClick={() => {
              if (busy) return;
              forget();
              setEditing(!editing);
            }}
          >
            {busy ? "Changing…" : "Change"}
          </Button>
        </div>
      </div>
      {editing && (
        <LaneForm
          name={lane.lane}
          limits={limits}
          asked={asked}
          onSave={(change) => ask(change, done)}
          onReset={lane.overridden ? () => ask(null, done) : null}
          onClose={done}
        />
      )}
      {!editing && asked.kind !== "idle" && (
        <AskedNote asked={asked} subject={() => "The change"} className="px-4 pb-3" />
      )}
    </li>
  );
}

function stateOf(lane: LaneView, now: number): Label {
  const hold = holdOf(lane, now);
  const tone = holdTone(hold);
  switch (hold) {
    case "closed":
      return { text: "Closed", tone };
    case "blocked":
      return { text: `Blocked, ${secondsLeft(blockedFor(lane, now))}`, tone };
    case "full":
      return { text: "Full", tone };
    case "requests":
    case "tokens":
      return { text: `At its ${hold}`, tone };
    case "none":
      return { text: "Open", tone: "ok" };
  }
}

function ofLimit(limit: number | null): string {
  return limit === null ? "" : ` of ${count(limit)}`;
}

const SHORT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

function short(value: number): string {
  return SHORT.format(value);
}
