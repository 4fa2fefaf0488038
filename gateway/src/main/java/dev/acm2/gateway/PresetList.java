package dev.acm2.gateway;

import java.util.List;

/// Presets by name, or versions of one preset, the newest first.
public record PresetList(List<Preset> items) {}
