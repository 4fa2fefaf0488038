import type { CSSProperties, ReactNode } from "react";
import type { CallState, CallView } from "../api/types.ts";
import { words } from "../models/format.ts";
import { phaseName } from "../models/phases.ts";
import type { Label } from "../models/runs.ts";
import { Dot, INK } from "../shell/ui.tsx";

/** The cells that the lists of calls share. */

export function Cell({ area, children, className = "" }: CellProps) {
  const place: CSSProperties = { gridArea: area };
  return (
    <div role="cell" className={`min-w-0 ${className}`} style={place}>
      {children}
    </div>
  );
}

interface CellProps {
  area: string;
  children: ReactNode;
  className?: string;
}

/** Which call it is; the button covers its row. */
export function CallName({ call, onOpen }: { call: CallView; onOpen: (callId: string) => void }) {
  const { phase, document, model } = call;
  const before = phase === null || phase === "GENERATION" ? "" : `${phaseName(phase)} · `;
  return (
    <>
      <button
        type="button"
        title={document ?? undefined}
        onClick={() => onOpen(call.callId)}
        className="cover block max-w-full truncate text-left font-medium after:outline-none"
      >
        {document ?? "Unknown document"}
        <span className="sr-only">{`, ${model ?? "unknown model"}, iteration ${call.iteration}: show details`}</span>
      </button>
      <span className="block truncate font-mono text-xs text-ink-2" aria-hidden="true">
        {`${before}${model ?? "unknown model"} · #${call.iteration}`}
      </span>
    </>
  );
}

export function stateLabel(state: CallState): Label {
  switch (state) {
    case "STRAY":
      return { text: "Stray", tone: "muted" };
    case "QUEUED":
      return { text: "Queued", tone: "queued" };
    case "DISPATCHED":
      return { text: "Dispatched", tone: "queued" };
    case "IN_FLIGHT":
      return { text: "In flight", tone: "in-flight" };
    case "OK":
      return { text: "Ok", tone: "ok" };
    case "FAILED":
      return { text: "Failed", tone: "failed" };
    case "TIMED_OUT":
      return { text: "Timed out", tone: "timed-out" };
    case "CANCELLED":
      return { text: "Cancelled", tone: "muted" };
    case "SKIPPED":
      return { text: "Skipped", tone: "muted" };
  }
}

export function StateText({ state }: { state: CallState }) {
  const { text, tone } = stateLabel(state);
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${INK[tone]}`}>
      <Dot tone={tone} />
      {text}
    </span>
  );
}

/** An error stands out only while it stands; a recovered one is history. */
export function LastError({ call }: { call: CallView }) {
  const error = call.lastError;
  if (error?.active === true) {
    const tone = call.state === "TIMED_OUT" ? INK["timed-out"] : INK.failed;
    return (
      <span className={`block truncate ${tone}`} title={error.message} data-testid="active-error">
        <strong className="font-medium">{kindWithStatus(error.kind, error.httpStatus)}</strong>
        {error.message === "" ? "" : ` ${error.message}`}
      </span>
    );
  }
  const last = call.retries.at(-1);
  if (last === undefined) return <span className="text-ink-2 max-[899px]:hidden">–</span>;
  return (
    <span className="block truncate text-ink-2" title={last.message} data-testid="recovered-error">
      {`${call.state === "OK" ? "recovered: " : "before: "}${kindWithStatus(last.cause, last.httpStatus)}`}
    </span>
  );
}

export function kindWithStatus(kind: string, httpStatus: number | null): string {
  return httpStatus === null ? words(kind) : `${words(kind)} (${httpStatus})`;
}
