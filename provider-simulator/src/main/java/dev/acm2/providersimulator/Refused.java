package dev.acm2.providersimulator;

/// A request that the provider would not take, and what the ledger calls it.
record Refused(String outcome, ProviderError error) implements Understood {}
