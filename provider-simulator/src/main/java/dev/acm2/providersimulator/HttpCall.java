package dev.acm2.providersimulator;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP request, read whole. Header names are in lower case.
record HttpCall(
  String method,
  String path,
  Map<String, String> query,
  Map<String, String> headers,
  String body
) {
  @Nullable
  String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  boolean wantsClose() {
    return Arrays.stream(headers.getOrDefault("connection", "").split(",", -1)).anyMatch(token ->
      token.strip().equalsIgnoreCase("close")
    );
  }
}
