import type { ReactNode } from "react";

/** What the details of a call are made of: titled parts with rows of a name and a value. */

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="px-5 py-4">
      <h3 className="mb-2 font-medium">{title}</h3>
      {children}
    </section>
  );
}

export function Rows({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[minmax(6.5rem,auto)_1fr] gap-x-6 gap-y-1">{children}</dl>;
}

export function Row({
  name,
  mono = false,
  children,
}: {
  name: string;
  mono?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="contents">
      <dt className="text-ink-2">{name}</dt>
      <dd className={`min-w-0 wrap-anywhere tabular ${mono ? "font-mono text-xs leading-5" : ""}`}>
        {children}
      </dd>
    </div>
  );
}
