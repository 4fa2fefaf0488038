package dev.acm2.providersimulator;

/// A provider request after reading: a call to answer, or a refusal that the provider would give.
sealed interface Understood permits ModelCall, Refused {}
