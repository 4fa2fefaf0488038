package dev.acm2.gateway;

import java.util.List;

/// How several runs went over their time, in the order of their ids.
public record RunPaces(List<RunPace> runs) {}
