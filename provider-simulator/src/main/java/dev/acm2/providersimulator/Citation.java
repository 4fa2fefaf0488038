package dev.acm2.providersimulator;

/// A source that the text names between two character positions, `start` included, `end` not.
record Citation(int start, int end, String url, String title) {}
