/**
 * How the values look on the screen. There is one format for durations: whole seconds, largest
 * unit first ("1 h 4 m 12 s"), never a fraction.
 */

// Made once: a formatter costs more than all the numbers of a page.
const WHOLE = new Intl.NumberFormat("en-US");
const CENTS = decimals(2, 2);
const FINE = decimals(4, 4);
const PRICE = decimals(2, 4);
const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

function decimals(least: number, most: number): Intl.NumberFormat {
  return new Intl.NumberFormat("en-US", {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
}

const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
  ["s", 1],
] as const;

/** A duration of at least zero milliseconds; `units` cuts the small units off. */
export function duration(ms: number, units = 4): string {
  let rest = Math.max(0, Math.floor(ms / 1_000));
  const parts: string[] = [];
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.length === 0 ? "0 s" : parts.slice(0, units).join(" ");
}

/** A measured time: what took less than a second did not take none. */
export function secondsShort(ms: number): string {
  return ms > 0 && ms < 1_000 ? "<1 s" : duration(ms, 2);
}

/** How long ago, in its largest unit only: a list that ticks each second cannot be read. */
export function ago(instant: string, now: number): string {
  return `${duration(now - Date.parse(instant), 1)} ago`;
}

const ISO = /^(-)?PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/;

/** Milliseconds of an ISO 8601 time duration such as PT1M30.5S; null when it is not one. */
export function isoMillis(iso: string): number | null {
  const match = ISO.exec(iso);
  if (match === null || iso.endsWith("T")) return null;
  const [, minus, hours = "0", minutes = "0", seconds = "0"] = match;
  const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return Math.round(total * 1_000) * (minus === undefined ? 1 : -1);
}

/** An ISO duration in the one format; text that is not a duration is shown as it is. */
export function isoDuration(iso: string): string {
  const ms = isoMillis(iso);
  return ms === null ? iso : duration(ms);
}

/**
 * US dollars: cents from one dollar up, four decimals below, because a call costs less than a
 * cent.
 */
export function money(usd: number): string {
  if (usd === 0) return "$0.00";
  if (usd > 0 && usd < 0.0001) return "<$0.0001";
  return `$${(usd >= 1 ? CENTS : FINE).format(usd)}`;
}

/** A price a million tokens: as many decimals as it has, at least two. */
export function price(usd: number): string {
  return `$${PRICE.format(usd)}`;
}

export function count(value: number): string {
  return WHOLE.format(value);
}

/** One decimal while it is small: 0.4 calls a minute are not none. */
export function rate(value: number): string {
  return value < 10 && value > 0 ? value.toFixed(1) : count(Math.round(value));
}

/** "1 call", "2 calls". */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? "0 %" : `${Math.floor((part / whole) * 100)} %`;
}

export function bytes(size: number): string {
  if (size < 1_024) return `${size} B`;
  if (size < 1_048_576) return `${(size / 1_024).toFixed(1)} KiB`;
  return `${(size / 1_048_576).toFixed(1)} MiB`;
}

/** The time of day in the reader's zone. */
export function timeOfDay(instant: string): string {
  return TIME.format(new Date(instant));
}

/** The time of day in the reader's zone; with the date when it is another day than now. */
export function clock(instant: string, now: number): string {
  const at = new Date(instant);
  const day = DAY.format(at);
  return day === DAY.format(now) ? TIME.format(at) : `${day}, ${TIME.format(at)}`;
}

/** RATE_LIMITED becomes "rate limited". */
export function words(constant: string): string {
  return constant.replaceAll("_", " ").toLowerCase();
}

/** RATE_LIMITED becomes "Rate limited". */
export function sentence(constant: string): string {
  const text = words(constant);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
