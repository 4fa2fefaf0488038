package dev.acm2.worker.provider;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A provider's key. It never shows itself: `toString` is `***`, and [#scrub] takes it out of what
/// others say.
public final class Secret {

  public static final Secret NONE = new Secret("");

  private static final String MASK = "***";
  /// Shorter texts are no keys, and would be cut out of ordinary words.
  private static final int SHORTEST_KEY = 8;
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern CREDENTIAL = Pattern.compile(
    "(?i)(authorization|api[-_]?key|[?&]key|access[-_]?token)(\"?\\s*[:=]\\s*\"?)" +
      "(bearer\\s+)?[^\\s\"',;}&]+"
  );
  private static final Pattern BEARER = Pattern.compile("(?i)\\bbearer\\s+[^\\s\"',;}]+");
  private static final Pattern KNOWN_KEY = Pattern.compile("\\b(sk-|AIza)[A-Za-z0-9_*-]{4,}");

  private final String value;

  public Secret(String value) {
    this.value = value.strip();
  }

  public boolean isBlank() {
    return value.isEmpty();
  }

  /// Whether it can be sent at all: visible ASCII characters only.
  boolean isSendable() {
    return HEADER_VALUE.matcher(value).matches();
  }

  /// The key itself, for a header of its own or the environment of a process.
  String plain() {
    return value;
  }

  /// The value of the header `Authorization`.
  String authorization() {
    return "Bearer " + value;
  }

  /// The text without this key and without anything else that looks like a credential.
  String scrubMessage(String text) {
    String known = scrub(text);
    String named = CREDENTIAL.matcher(known).replaceAll("$1$2" + MASK);
    String bearer = BEARER.matcher(named).replaceAll("Bearer " + MASK);
    return KNOWN_KEY.matcher(bearer).replaceAll(MASK);
  }

  /// The text without this key.
  String scrub(String text) {
    return value.length() < SHORTEST_KEY ? text : text.replace(value, MASK);
  }

  /// The bytes without this key; the very same array when it is not in them.
  byte[] scrub(byte[] content) {
    // Latin-1 maps every byte to one character and back, so that broken UTF-8 stays as it is.
    String text = new String(content, StandardCharsets.ISO_8859_1);
    String scrubbed = scrub(text);
    return scrubbed.equals(text) ? content : scrubbed.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
