package dev.acm2.providersimulator;

/// A request that the provider would not take, and what the ledger calls it.
record Refused(String outcome, ProviderError error) implements Understood {
  static Refused because(Dialect dialect, String message) {
    return bad(ProviderError.badRequest(dialect, message));
  }

  static Refused bad(ProviderError error) {
    return new Refused(LedgerEntry.BAD_REQUEST, error);
  }
}
