package dev.acm2.worker.provider;

import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import org.jspecify.annotations.Nullable;

/// What a provider's answer says about itself.
///
/// @param usage null when the answer does not tell it
/// @param searches of the web that happened and are charged apart, 0 or more
/// @param defect why the text must not be used, null when the provider says that it is complete
/// @param cost what the provider says it charged, null when it does not say
record Answer(
  String text,
  @Nullable Usage usage,
  int searches,
  Evidence evidence,
  @Nullable Defect defect,
  @Nullable Usd cost
) {
  Answer(
    String text,
    @Nullable Usage usage,
    int searches,
    Evidence evidence,
    @Nullable Defect defect
  ) {
    this(text, usage, searches, evidence, defect, null);
  }

  /// The same answer, with something wrong about it that it does not say itself.
  Answer spoiled(FailureKind kind, String message) {
    return new Answer(text, usage, searches, evidence, new Defect(kind, message), cost);
  }

  Bill bill() {
    return new Bill(usage == null ? Usage.NONE : usage, searches, cost);
  }

  /// The provider's own word that its text is not what was asked for.
  record Defect(FailureKind kind, String message) {}
}
