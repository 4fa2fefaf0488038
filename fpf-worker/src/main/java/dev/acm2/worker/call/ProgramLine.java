package dev.acm2.worker.call;

import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.ContractJson;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A line that a program said while it worked. A line that is a JSON object with `progress` tells
/// how far it is; every other one is a text as it stands.
///
/// @param isProgress whether it tells how far the program is
/// @param share what is done, from 0 to 1; null when the line does not tell it
record ProgramLine(Level level, String text, boolean isProgress, @Nullable Double share) {
  static ProgramLine of(String line) {
    return object(line)
      .filter(json -> json.path("progress").isString())
      .map(ProgramLine::progress)
      .orElseGet(() -> new ProgramLine(Level.INFO, line, false, null));
  }

  /// False for most lines that do not, without reading them.
  static boolean mayTellProgress(String line) {
    return line.startsWith("{");
  }

  private static ProgramLine progress(JsonNode json) {
    String text = json.path("progress").stringValue();
    return new ProgramLine(level(json.path("level")), text, true, share(json.path("share")));
  }

  private static Level level(JsonNode told) {
    String name = told.asString("").toUpperCase(Locale.ROOT);
    return Stream.of(Level.values())
      .filter(level -> level.name().equals(name))
      .findFirst()
      .orElse(Level.INFO);
  }

  private static @Nullable Double share(JsonNode told) {
    double share = told.isNumber() ? told.doubleValue() : -1;
    return share >= 0 && share <= 1 ? share : null;
  }

  private static Optional<JsonNode> object(String line) {
    if (!mayTellProgress(line)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ContractJson.EVENTS.readTree(line));
    } catch (JacksonException notJson) {
      // A line for people that happens to begin with a brace.
      return Optional.empty();
    }
  }
}
