package dev.acm2.contract;

/// What one epoch of a call has used up so far, as absolute values: telling it twice changes nothing.
///
/// @param attempts requests sent to the provider
/// @param usage tokens of all these requests
/// @param costUsd money of all these requests, the failed ones included
public record Spend(int attempts, Usage usage, Usd costUsd) {
  public static final Spend NONE = new Spend(0, Usage.NONE, Usd.ZERO);

  public Spend plus(Spend other) {
    return new Spend(
      attempts + other.attempts,
      usage.plus(other.usage),
      costUsd.plus(other.costUsd)
    );
  }
}
