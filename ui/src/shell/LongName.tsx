/** So many characters at the end tell names of one family apart. */
const TAIL = 14;

/** A name in a narrow place gives up its middle: models of one provider differ at their ends. */
export function LongName({ name, tail = TAIL }: { name: string; tail?: number }) {
  const cut = Math.max(0, name.length - tail);
  return (
    <span className="flex min-w-0 whitespace-pre">
      <span className="truncate">{name.slice(0, cut)}</span>
      <span className="shrink-0">{name.slice(cut)}</span>
    </span>
  );
}
