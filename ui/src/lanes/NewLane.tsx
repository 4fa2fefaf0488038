import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { lanesQuery, setLane } from "../api/queries.ts";
import type { LaneLimits } from "../api/types.ts";
import { useAsked } from "../shell/useAsked.ts";
import { LaneForm } from "./LaneForm.tsx";

const FIRST: LaneLimits = {
  concurrency: 4,
  requestsPerMinute: null,
  tokensPerMinute: null,
  adaptive: true,
};

/** A model can be given a lane of its own, apart from that of its provider. */
export function NewLane({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const name = text.trim();
  const known = useQuery(lanesQuery).data?.lanes.some(({ lane }) => lane === name) ?? false;
  const { asked, ask } = useAsked(
    (limits: LaneLimits | null) => setLane(name, limits ?? FIRST),
    () => known,
  );
  const error = known
    ? "There is such a lane; change it in its row."
    : /^[^:\s]+(:\S+)?$/.test(name)
      ? null
      : "A provider, or provider:model.";
  const shown = tried && asked.kind !== "accepted" ? error : null;
  return (
    <div className="border-t border-line bg-canvas">
      <div className="px-4 pt-4">
        <label className="label mb-0" htmlFor="lane-name">
          Lane
        </label>
        <p id="lane-name-hint" className="mb-1 text-xs text-ink-2">
          A provider, or one of its models as provider:model
        </p>
        <input
          id="lane-name"
          className="field max-w-96 font-mono text-xs"
          placeholder="openai:gpt-5.1"
          value={text}
          aria-invalid={shown !== null}
          aria-describedby={`lane-name-${shown === null ? "hint" : "error"}`}
          onChange={(event) => setText(event.target.value)}
        />
        {shown !== null && (
          <p id="lane-name-error" role="alert" className="mt-1 text-xs text-failed-ink">
            {shown}
          </p>
        )}
      </div>
      <div className="-mt-px [&>form]:border-t-0">
        <LaneForm
          name="the new lane"
          limits={FIRST}
          asked={asked}
          onSave={(limits) => {
            setTried(true);
            if (error === null) ask(limits, onDone);
          }}
          onReset={null}
          onClose={onDone}
        />
      </div>
    </div>
  );
}
