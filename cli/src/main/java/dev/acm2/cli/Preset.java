package dev.acm2.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A submission that is kept under a name, as the gateway tells it.
///
/// @param version counts from 1; a new one with each time that it is saved
/// @param submission may be incomplete
record Preset(String name, int version, Instant savedAt, ObjectNode submission) {
  private static final String PATH = "/presets";

  /// The latest version of each, by name.
  record Page(List<Preset> items) {
    Optional<Preset> named(String name) {
      return items
        .stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst();
    }
  }

  /// The address of all of them.
  static String path() {
    return PATH;
  }

  static String path(String name) {
    return PATH + "/" + Urls.segment(name);
  }
}
