package dev.acm2.gateway;

import java.util.List;

/// A page of a run's console lines, oldest first.
///
/// @param next the position after which to go on, also when there are no lines yet
public record LogPage(List<LogLine> items, String next) {}
