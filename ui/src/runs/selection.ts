/** Which rows of a list are chosen, and from where a range goes on. Pure. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** The row that was chosen last; a range begins there. */
  anchor: string | null;
}

export const NOTHING: Selection = { ids: new Set(), anchor: null };

/** One row more or less; with `range` all rows from the anchor to it become like it. */
export function toggled(
  before: Selection,
  id: string,
  range: boolean,
  order: readonly string[],
): Selection {
  const on = !before.ids.has(id);
  const ids = new Set(before.ids);
  for (const each of range ? between(order, before.anchor, id) : [id]) {
    if (on) ids.add(each);
    else ids.delete(each);
  }
  return { ids, anchor: id };
}

function between(order: readonly string[], from: string | null, to: string): readonly string[] {
  const ends = [order.indexOf(from ?? to), order.indexOf(to)].sort((a, b) => a - b);
  const [first = -1, last = -1] = ends;
  return first < 0 ? [to] : order.slice(first, last + 1);
}

/** All rows, or none when all of them are chosen already. */
export function allToggled(before: Selection, order: readonly string[]): Selection {
  const all = order.length > 0 && order.every((id) => before.ids.has(id));
  return all ? NOTHING : { ids: new Set(order), anchor: null };
}
