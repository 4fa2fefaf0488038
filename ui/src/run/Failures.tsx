import { useMemo, type ReactNode } from "react";
import type { CallView } from "../api/types.ts";
import { Figure } from "../history/Figure.tsx";
import { failureGroups, type FailureGroup } from "../models/failures.ts";
import { clock, count, counted, money, sentence } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Card, Dot, INK } from "../shell/ui.tsx";

interface FailuresProps {
  calls: ReadonlyMap<string, CallView>;
  /** The fingerprint whose calls are listed. */
  chosen: string | null;
  onChoose: (fingerprint: string) => void;
}

/** What went wrong, by fingerprint: red while it stands, grey when retries have mended it. */
export function Failures({ calls, chosen, onChoose }: FailuresProps) {
  const now = useNow();
  const groups = useMemo(() => failureGroups(calls.values()), [calls]);
  const standing = groups.reduce((sum, group) => sum + group.standing, 0);
  return (
    <Card
      id="failures"
      title="Errors"
      aside={
        <span className={`text-xs tabular ${standing > 0 ? INK.failed : "text-ink-2"}`}>
          {groups.length === 0 ? "" : `${counted(standing, "error")} active`}
        </span>
      }
    >
      {groups.length === 0 && (
        <p className="border-t border-line px-4 py-2 text-ink-2">No attempt has failed.</p>
      )}
      <ul data-testid="failures">
        {groups.map((group) => (
          <Failure
            key={group.fingerprint}
            group={group}
            now={now}
            chosen={group.fingerprint === chosen}
            onChoose={onChoose}
          />
        ))}
      </ul>
    </Card>
  );
}

interface FailureProps {
  group: FailureGroup;
  now: number;
  chosen: boolean;
  onChoose: (fingerprint: string) => void;
}

function Failure({ group, now, chosen, onChoose }: FailureProps) {
  const active = group.standing > 0;
  const failure = group.fingerprint;
  return (
    <li
      data-testid={`failure-${group.kind}`}
      data-active={active}
      className={`error-row relative hover:bg-hover ${chosen ? "bg-sunken" : ""}`}
    >
      <div data-area="what" className="min-w-0">
        <button
          type="button"
          aria-pressed={chosen}
          onClick={() => onChoose(group.fingerprint)}
          className={`cover inline-flex max-w-full items-center gap-2 text-left font-medium ${active ? INK.failed : "text-ink-2"}`}
        >
          <Dot tone={active ? "failed" : "muted"} />
          {sentence(group.kind)}
          <span className="sr-only">{`: list its ${counted(group.calls.size, "call")}`}</span>
        </button>
        <p className="line-clamp-2 text-xs text-ink-2 wrap-anywhere" title={group.sample}>
          {group.sample}
        </p>
      </div>
      <Fact area="count" name="Times" className="text-right">
        <Figure source={{ number: "failures", failure }} value={group.count}>
          <span className="font-medium">{`${count(group.count)} ×`}</span>
        </Figure>
      </Fact>
      <Fact area="state" name="State">
        <span className="flex flex-col items-start gap-1">
          {active && (
            <Figure source={{ number: "standing", failure }} value={group.standing}>
              <span className={INK.failed}>{`${count(group.standing)} active`}</span>
            </Figure>
          )}
          <Figure source={{ number: "mended", failure }} value={group.retried}>
            {group.retried > 0 && (
              <span className="text-ink-2">{`${count(group.retried)} retried`}</span>
            )}
          </Figure>
        </span>
      </Fact>
      <Fact area="when" name="First and last" className="text-ink-2">
        <Moment name="first" at={group.firstAt} now={now} />
        <Moment name="last" at={group.lastAt} now={now} />
      </Fact>
      <Fact area="money" name="Calls and their cost" className="text-right">
        <span className="font-medium">{money(group.costUsd)}</span>
        <br />
        <span className="text-ink-2">{`in ${counted(group.calls.size, "call")}`}</span>
      </Fact>
    </li>
  );
}

interface FactProps {
  area: string;
  name: string;
  className?: string;
  children: ReactNode;
}

function Fact({ area, name, className = "", children }: FactProps) {
  return (
    <div data-area={area} className={`text-xs whitespace-nowrap tabular ${className}`}>
      <span className="sr-only">{`${name}: `}</span>
      {children}
    </div>
  );
}

function Moment({ name, at, now }: { name: string; at: string; now: number }) {
  return (
    <span className="block">
      {`${name} `}
      <time dateTime={at} title={at}>
        {clock(at, now)}
      </time>
    </span>
  );
}
