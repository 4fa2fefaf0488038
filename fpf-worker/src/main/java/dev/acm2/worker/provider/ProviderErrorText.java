package dev.acm2.worker.provider;

import dev.acm2.contract.ContractJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a provider says about an error, short and without credentials.
///
/// @param quotaExhausted the account is empty, and stays so until somebody pays
/// @param keyRefused the key is wrong, whatever the status says
/// @param retryDelay seconds to wait as Google puts them into the body, null when it does not
record ProviderErrorText(
  String text,
  boolean quotaExhausted,
  boolean keyRefused,
  @Nullable String retryDelay
) {
  private static final String QUOTA = "insufficient_quota";
  private static final String KEY_REFUSED = "API_KEY_INVALID";
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(\\.\\d*)?s");
  private static final int LONGEST = 300;
  private static final int BYTES_READ = 64 * 1024;

  static ProviderErrorText of(Arrived arrived, Secret key) {
    byte[] body = Arrays.copyOf(arrived.body(), Math.min(arrived.body().length, BYTES_READ));
    JsonNode error = read(body).path("error");
    String said = error.path("message").asString("");
    String text = said.isBlank() ? new String(body, StandardCharsets.UTF_8) : said;
    boolean quota =
      error.path("code").asString("").equals(QUOTA) ||
      error.path("type").asString("").equals(QUOTA);
    boolean refused = details(error).anyMatch(detail ->
      detail.path("reason").asString("").equals(KEY_REFUSED)
    );
    return new ProviderErrorText(
      shortened(key.scrubMessage(text)),
      quota,
      refused,
      retryDelay(error)
    );
  }

  /// Rounded up to whole seconds.
  private static @Nullable String retryDelay(JsonNode error) {
    return details(error)
      .map(detail -> SECONDS.matcher(detail.path("retryDelay").asString("")))
      .filter(Matcher::matches)
      .map(asked -> Long.parseLong(asked.group(1)) + (asked.group(2) == null ? 0 : 1))
      .map(String::valueOf)
      .findFirst()
      .orElse(null);
  }

  private static Stream<JsonNode> details(JsonNode error) {
    return error.path("details").valueStream();
  }

  /// On one line, at most 300 characters.
  static String shortened(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    if (line.isEmpty()) {
      return "(no message)";
    }
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static JsonNode read(byte[] body) {
    try {
      return ContractJson.EVENTS.readTree(body);
    } catch (JacksonException notJson) {
      // An error page is no JSON; its text is shown as it is.
      return ContractJson.EVENTS.missingNode();
    }
  }
}
