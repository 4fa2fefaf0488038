/**
 * Numbers from 0 to 1 for moments that no test chooses. Each start has its own, and prints the seed:
 * with it in ACM2_E2E_SEED the same moments come again.
 */
export function chance(what: string): () => number {
  const given = Number(process.env.ACM2_E2E_SEED ?? Date.now());
  if (!Number.isSafeInteger(given)) throw new Error("ACM2_E2E_SEED is not a whole number");
  console.log(`${what}: ACM2_E2E_SEED=${given}`);
  let state = given >>> 0;
  // mulberry32: small, and good enough to choose moments.
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
