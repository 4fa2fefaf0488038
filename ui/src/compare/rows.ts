/** One measure of two runs. Pure; what a run does not have is null and never 0. */
export interface Row {
  key: string;
  label: string;
  /** What the measure means, where its name does not say it. */
  hint?: string;
  a: string | null;
  b: string | null;
  /** How b stands to a: "+2 (+10 %)", "differs", "only in A"; null when they are the same. */
  change: string | null;
}

export interface Section {
  id: string;
  title: string;
  hint?: string;
  rows: Row[];
}

export function numberRow(
  label: string,
  a: number | null | undefined,
  b: number | null | undefined,
  format: (value: number) => string,
): Row {
  const [left, right] = [a ?? null, b ?? null];
  return {
    key: label,
    label,
    a: left === null ? null : format(left),
    b: right === null ? null : format(right),
    change: changeOf(left, right, format),
  };
}

export function textRow(label: string, a: string | null, b: string | null): Row {
  const change = a === b ? null : (onlyIn(a, b) ?? "differs");
  return { key: label, label, a, b, change };
}

function changeOf(
  a: number | null,
  b: number | null,
  format: (value: number) => string,
): string | null {
  if (a === null || b === null) return onlyIn(a, b);
  const by = b - a;
  // What looks the same on the screen is not called a change.
  if (by === 0 || format(a) === format(b)) return null;
  const sign = by > 0 ? "+" : "−";
  const share = a === 0 ? "" : ` (${sign}${shareText(Math.abs(by / a))})`;
  return `${sign}${format(Math.abs(by))}${share}`;
}

function shareText(share: number): string {
  const percent = share * 100;
  return `${percent >= 10 ? Math.round(percent) : percent.toFixed(1)} %`;
}

function onlyIn(a: unknown, b: unknown): string | null {
  if (a === null && b === null) return null;
  return a === null ? "only in B" : b === null ? "only in A" : null;
}

/** In whole seconds, as they are shown: a difference is that of what stands beside it. */
export function wholeSeconds(ms: number): number {
  return ms < 1_000 ? ms : Math.floor(ms / 1_000) * 1_000;
}

/** As many decimals as `money` shows, for the same reason. */
export function shownUsd(usd: number): number {
  if (usd > 0 && usd < 0.0001) return usd;
  const decimals = usd >= 1 ? 100 : 10_000;
  return Math.round(usd * decimals) / decimals;
}

export function differing(rows: readonly Row[]): number {
  return rows.filter(({ change }) => change !== null).length;
}

/** All names of both sides, those of a first, without repetition. */
export function union(a: Iterable<string>, b: Iterable<string>): string[] {
  return [...new Set([...a, ...b])];
}
