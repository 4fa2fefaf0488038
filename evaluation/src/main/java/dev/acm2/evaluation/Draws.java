package dev.acm2.evaluation;

/// Random numbers that are the same everywhere and for ever: SplitMix64 (Steele, Lea, Flood 2014).
/// The generators of the JDK promise the sequence of bits, but not how a bounded number is made of
/// it.
final class Draws {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1.0p-53;
  private static final int UNUSED_BITS = 11;

  private long state;

  Draws(long seed) {
    state = seed;
  }

  long bits() {
    state += GOLDEN_GAMMA;
    long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /// A number from 0 to below the bound; the bound must be positive.
  int below(int bound) {
    return (int) Math.unsignedMultiplyHigh(bits(), bound);
  }

  /// A number between 0 and 1, never one of the two.
  double share() {
    return ((bits() >>> UNUSED_BITS) + 0.5) * UNIT;
  }
}
