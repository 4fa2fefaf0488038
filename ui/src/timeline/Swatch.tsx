import { KINDS } from "./kinds.ts";
import type { Span } from "./spans.ts";

/** A piece of bar as the chart draws it: an attempt is tall, a gap is thin. */
export function Swatch({ kind }: { kind: Span["kind"] }) {
  const { token, gap, bad } = KINDS[kind];
  return (
    <span aria-hidden="true" className="inline-flex h-3 w-3.5 shrink-0 items-center">
      <span
        className={`block w-full ${gap ? "h-0.75" : "h-2.5 rounded-xs"} ${bad ? "border-r-2 border-ink" : ""}`}
        style={{ background: `var(${token})` }}
      />
    </span>
  );
}
