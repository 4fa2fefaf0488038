interface MeterProps {
  label: string;
  value: number;
  /** Null when there is none: then there is nothing to fill. */
  limit: number | null;
  text: string;
  /** Whether it is worth a warning when nearly all is used. */
  warns?: boolean;
}

/** A number against its limit; the bar turns when nine tenths are used. */
export function Meter({ label, value, limit, text, warns = true }: MeterProps) {
  const share = limit === null || limit <= 0 ? 0 : Math.min(1, value / limit);
  return (
    <div className="min-w-0">
      <span className="block truncate text-xs tabular" title={`${label}: ${text}`}>
        {text}
      </span>
      {limit === null ? (
        <span className="mt-1.5 block h-[3px] border-t border-dashed border-line-strong" />
      ) : (
        <div
          role="meter"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={Math.max(1, limit)}
          aria-valuenow={Math.min(value, limit)}
          aria-valuetext={text}
          className="mt-1 h-1 overflow-hidden rounded-full bg-sunken"
        >
          <span
            className={`block h-full rounded-full transition-[width] ${warns && share >= 0.9 ? "bg-timed-out" : "bg-in-flight"}`}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
    </div>
  );
}
