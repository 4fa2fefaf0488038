package dev.acm2.gateway;

import dev.acm2.contract.LaneView;
import java.util.List;

/// How every lane stands, in the order of their names.
public record Lanes(List<LaneView> lanes) {}
