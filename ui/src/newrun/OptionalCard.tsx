import type { ReactNode } from "react";

interface OptionalCardProps {
  id: string;
  title: string;
  hint: string;
  on: boolean;
  onToggle: (on: boolean) => void;
  children: ReactNode;
}

/** A part of the form that is off until it is wanted; its settings show only then. */
export function OptionalCard({ id, title, hint, on, onToggle, children }: OptionalCardProps) {
  return (
    <section aria-labelledby={`${id}-title`} className="card min-w-0 overflow-hidden">
      <div className="relative flex min-h-11 flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2.5 hover:bg-hover">
        <h2 id={`${id}-title`} className="font-semibold">
          <label className="cover flex cursor-pointer items-center gap-3">
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-(--accent)"
              checked={on}
              aria-expanded={on}
              aria-describedby={`${id}-hint`}
              onChange={(event) => onToggle(event.target.checked)}
            />
            {title}
          </label>
        </h2>
        <p id={`${id}-hint`} className="text-xs text-ink-2">
          {hint}
        </p>
      </div>
      {on && children}
    </section>
  );
}
