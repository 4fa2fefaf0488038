import type { ComponentProps, ReactNode } from "react";
import { count, money } from "../models/format.ts";
import type { Label, Tone } from "../models/runs.ts";

/** The small parts that every page is made of. */

const BADGE: Record<Tone, string> = {
  ok: "bg-ok-tint text-ok-ink",
  failed: "bg-failed-tint text-failed-ink",
  "timed-out": "bg-timed-out-tint text-timed-out-ink",
  retry: "bg-retry-tint text-retry-ink",
  "in-flight": "bg-in-flight-tint text-in-flight-ink",
  queued: "bg-queued-tint text-queued-ink",
  muted: "bg-muted-tint text-muted-ink",
};

export const SOLID: Record<Tone, string> = {
  ok: "bg-ok",
  failed: "bg-failed",
  "timed-out": "bg-timed-out",
  retry: "bg-retry",
  "in-flight": "bg-in-flight",
  queued: "bg-queued",
  muted: "bg-muted",
};

export const INK: Record<Tone, string> = {
  ok: "text-ok-ink",
  failed: "text-failed-ink",
  "timed-out": "text-timed-out-ink",
  retry: "text-retry-ink",
  "in-flight": "text-in-flight-ink",
  queued: "text-queued-ink",
  muted: "text-muted-ink",
};

/** The ink of a counted number: zero is quiet. */
export function inkOf(tone: Tone | undefined, value: number): string {
  if (value === 0) return "text-ink-2";
  return tone === undefined ? "" : INK[tone];
}

export function Badge({ label, testid }: { label: Label; testid?: string }) {
  return (
    <span
      data-testid={testid}
      className={`inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${BADGE[label.tone]}`}
    >
      <Dot tone={label.tone} moving={label.tone === "in-flight"} />
      {label.text}
    </span>
  );
}

export function Dot({ tone, moving = false }: { tone: Tone; moving?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`size-1.5 shrink-0 rounded-full ${SOLID[tone]} ${moving ? "pulse" : ""}`}
    />
  );
}

/** A number with its exact value for machines beside the text for people. */
export function Num({ value, testid, money: usd = false }: NumProps) {
  return (
    <data value={value} data-testid={testid}>
      {usd ? money(value) : count(value)}
    </data>
  );
}

interface NumProps {
  value: number;
  testid?: string;
  money?: boolean;
}

type ButtonProps = ComponentProps<"button"> & { look?: "primary" | "quiet" | "danger" };

export const BUTTON = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border-transparent",
  quiet: "bg-surface text-ink hover:bg-hover border-line-strong/60",
  danger: "bg-surface text-failed-ink hover:bg-failed-tint border-line-strong/60",
};

export const BUTTON_SHAPE =
  "inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md border px-3 py-1 font-medium whitespace-nowrap transition-colors aria-disabled:opacity-60 disabled:opacity-60";

export function Button({ look = "quiet", className = "", ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={`${BUTTON_SHAPE} ${BUTTON[look]} ${className}`} />
  );
}

interface CardProps {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  id: string;
}

/** A titled section of a page; the title names the region, and its id is a place to go to. */
export function Card({ title, aside, children, id }: CardProps) {
  return (
    <section
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      className="card min-w-0 overflow-hidden"
    >
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
        <h2 id={`${id}-title`} className="font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** A wide table scrolls inside its own box, by keyboard too; the page never scrolls sideways. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="overflow-x-auto -outline-offset-2"
    >
      {children}
    </div>
  );
}

/** What a page shows instead of content: nothing yet, an error, or a run that is not there. */
export function Notice({ title, children, alert = false, heading: Heading = "h1" }: NoticeProps) {
  return (
    <div
      role={alert ? "alert" : undefined}
      className="flex flex-col items-center gap-3 px-6 py-16 text-center"
    >
      <Heading className="text-lg font-semibold">{title}</Heading>
      <div className="flex max-w-md flex-col items-center gap-4 text-ink-2">{children}</div>
    </div>
  );
}

interface NoticeProps {
  title: string;
  children?: ReactNode;
  alert?: boolean;
  /** A notice inside a page that has its own title takes the second level. */
  heading?: "h1" | "h2";
}

/** Grey blocks in the shape of what comes, so that nothing jumps when it is there. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden="true" className={`pulse rounded-md bg-sunken ${className}`} />;
}

/** Points right when closed; the caller turns it when open. */
export function Chevron({ className }: { className: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={`size-3 shrink-0 transition-transform ${className}`}
    >
      <path d="m5 2 6 6-6 6" fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
