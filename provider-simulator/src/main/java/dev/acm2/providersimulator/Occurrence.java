package dev.acm2.providersimulator;

/// Which request this is, for the draws.
///
/// @param request key of the luck (latency, fault, ids): by client request id where there is one
/// @param text    key of the text: model, prompt and repeat; of a verdict judge, documents and call
/// @param repeat  how often this model has had this prompt, this time included; from 1
/// @param ofCall  which request of its call this is, from 1
record Occurrence(String request, String text, int repeat, int ofCall) {}
