import { count } from "../models/format.ts";
import { RUN_FILTERS, RUN_ORDERS, type RunFilter, type RunOrder } from "../models/runlist.ts";

interface RunsToolbarProps {
  filter: RunFilter;
  order: RunOrder;
  text: string;
  counts: Record<RunFilter, number>;
  archived: boolean;
  onFilter: (filter: RunFilter) => void;
  onOrder: (order: RunOrder) => void;
  onText: (text: string) => void;
  onArchived: (archived: boolean) => void;
}

export function RunsToolbar(props: RunsToolbarProps) {
  const { filter, order, text, counts, archived } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <input
        type="search"
        aria-label="Search runs by name or id"
        placeholder="Search name or id"
        className="field min-h-8 min-w-0 flex-1 basis-48 py-1 sm:max-w-72"
        value={text}
        onChange={(event) => props.onText(event.target.value)}
      />
      <div role="group" aria-label="Show runs" className="flex flex-wrap gap-1">
        {RUN_FILTERS.map(({ filter: each, label }) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === filter}
            className="chip"
            onClick={() => props.onFilter(each)}
          >
            {label} <span className="font-normal tabular">{count(counts[each])}</span>
          </button>
        ))}
      </div>
      <button
        type="button"
        aria-pressed={archived}
        className="chip lg:ml-auto"
        data-testid="show-archived"
        onClick={() => props.onArchived(!archived)}
      >
        Archive
      </button>
      <label className="flex items-center gap-2 text-xs text-ink-2">
        Sort
        <select
          className="field min-h-8 w-auto py-1 text-xs text-ink"
          value={order}
          onChange={(event) => props.onOrder(event.target.value as RunOrder)}
        >
          {RUN_ORDERS.map(({ order: each, label }) => (
            <option key={each} value={each}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
