package dev.acm2.contract;

import java.util.List;

/// What the answer itself proves, never what was asked for.
///
/// @param grounded a search that happened, or a citation
/// @param reasoned reasoning items or tokens
/// @param sources addresses cited by the answer, in order
public record Evidence(boolean grounded, boolean reasoned, List<String> sources) {
  public static final Evidence NONE = new Evidence(false, false, List.of());
}
