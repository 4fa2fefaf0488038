package dev.acm2.worker.provider;

import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Usage;
import org.jspecify.annotations.Nullable;

/// What a provider's answer says about itself.
///
/// @param usage null when the answer does not tell it
/// @param defect why the text must not be used, null when the provider says that it is complete
record Answer(String text, @Nullable Usage usage, Evidence evidence, @Nullable Defect defect) {
  /// The provider's own word that its text is not what was asked for.
  record Defect(FailureKind kind, String message) {}
}
