/**
 * How the gateway's clock stands to this browser's: what is measured in the log's time must not be
 * compared with a clock that is wrong. The stream notes it with each pulse.
 */

/** So many measurements count: a clock that was set right must be believed again. */
const KEPT = 8;

/** Below that it is the way of the message and no wrong clock: ages must not jump for it. */
const NOISE_MS = 250;

/**
 * Milliseconds to add to the browser's clock. A message is never received before it was sent, so the
 * measurement with the shortest way is the nearest to the truth: the highest.
 */
export function offsetOf(measured: readonly number[]): number {
  if (measured.length === 0) return 0;
  const highest = Math.max(...measured);
  return Math.abs(highest) < NOISE_MS ? 0 : highest;
}

let measured: number[] = [];
let offset = 0;

/** @param at by the gateway's clock; `receivedAt` by the browser's, in milliseconds of the epoch */
export function noteServerTime(at: string, receivedAt: number): void {
  measured = [...measured, Date.parse(at) - receivedAt].slice(-KEPT);
  offset = offsetOf(measured);
}

/** Server minus browser, in milliseconds; 0 before the stream has told. */
export function serverOffset(): number {
  return offset;
}
