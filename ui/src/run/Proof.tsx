import type { Evidence } from "../models/attempts.ts";
import { isoMillis, secondsShort } from "../models/format.ts";
import { safeHref } from "../scores/links.ts";
import { Part, Row, Rows } from "./parts.tsx";

/** What the answer itself proves: searches, reasoning, and the sources that it cites. */
export function Proof({ evidence }: { evidence: Evidence }) {
  const { grounded, reasoned, sources, firstByte, total } = evidence;
  return (
    <Part title="Evidence">
      <Rows>
        <Row name="Grounded">{grounded ? "yes, by a search or a citation" : "no"}</Row>
        <Row name="Reasoned">{reasoned ? "yes" : "no"}</Row>
        <Row name="First byte">{lasting(firstByte)}</Row>
        <Row name="Whole answer">{lasting(total)}</Row>
      </Rows>
      {sources.length > 0 && (
        <ol aria-label="Sources" className="mt-3 flex flex-col gap-1" data-testid="sources">
          {sources.map((source, index) => (
            // An answer may cite the same address twice.
            <li key={index} className="min-w-0">
              <Source address={source} />
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}

/** A model wrote the address: it is opened only when somebody wants it, and told nothing of us. */
function Source({ address }: { address: string }) {
  const href = safeHref(address);
  if (href === null) return <span className="wrap-anywhere">{address}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="link leading-[24px] wrap-anywhere"
    >
      {address}
    </a>
  );
}

function lasting(iso: string): string {
  const ms = isoMillis(iso);
  return ms === null ? "unknown" : secondsShort(ms);
}
