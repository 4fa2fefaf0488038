package dev.acm2.cli;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Where in a YAML text an error is. Binding notices an unknown key only at the end of its object, so
/// the key is looked up again by its path.
final class YamlLines {

  private YamlLines() {}

  /// @return the line, from 1; 0 when nobody knows
  static int of(YAMLMapper mapper, String yaml, JacksonException error) {
    String pointer = pointer(error.getPath());
    if (error instanceof DatabindException && !pointer.isEmpty()) {
      return line(mapper, yaml, pointer);
    }
    TokenStreamLocation location = error.getLocation();
    return location == null ? 0 : location.getLineNr();
  }

  private static int line(YAMLMapper mapper, String yaml, String pointer) {
    try (JsonParser tokens = mapper.createParser(yaml)) {
      while (tokens.nextToken() != null) {
        if (tokens.streamReadContext().pathAsPointer().toString().equals(pointer)) {
          return tokens.currentTokenLocation().getLineNr();
        }
      }
      return 0;
    }
  }

  private static String pointer(List<JacksonException.Reference> path) {
    StringBuilder pointer = new StringBuilder();
    for (JacksonException.Reference step : path) {
      String name = step.getPropertyName();
      pointer.append('/');
      pointer.append(name == null ? Integer.toString(step.getIndex()) : escaped(name));
    }
    return pointer.toString();
  }

  /// As RFC 6901 has it.
  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
