package dev.acm2.worker.provider;

import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import org.jspecify.annotations.Nullable;

/// What an answer says that it has used up.
///
/// @param usage tokens, [Usage#NONE] when the provider does not say
/// @param searches of the web that happened and are charged apart, 0 or more
/// @param cost what the provider says it charged: better than any price list; null when it does not
///     say
public record Bill(Usage usage, int searches, @Nullable Usd cost) {
  public static final Bill NONE = new Bill(Usage.NONE, 0, null);
}
