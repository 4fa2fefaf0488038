import type { RawEvent } from "../api/types.ts";

interface RawFactProps extends Pick<RawEvent, "producer"> {
  event: unknown;
  /** In a list that is as wide as its panel. */
  wide?: boolean;
}

/** An event as it is in the log, and who wrote it. */
export function RawFact({ event, producer, wide = false }: RawFactProps) {
  const inset = wide ? "px-5" : "px-3";
  return (
    <>
      <p className={`${inset} pb-1 text-xs text-ink-2 wrap-anywhere`}>
        {`by ${producer.service} ${producer.instance}, build ${producer.buildId}`}
      </p>
      <pre
        tabIndex={0}
        role="region"
        aria-label="The event as it is in the log"
        className={`${inset} max-h-96 overflow-auto border-t border-line bg-sunken py-3 font-mono text-xs whitespace-pre-wrap wrap-anywhere`}
      >
        {JSON.stringify(event, null, 2)}
      </pre>
    </>
  );
}
