package dev.acm2.orchestrator;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a text from a person may hold.
final class Texts {

  static final int NAME_LENGTH = 200;

  private static final int FILE_NAME_BYTES = 255;
  private static final Pattern RESERVED = Pattern.compile(
    "(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?"
  );
  private static final Pattern FORBIDDEN = Pattern.compile("[/\\\\\\p{Cntrl}]");

  private Texts() {}

  /// @throws Problem when the text holds a NUL or half a character
  static void check(String field, String text) {
    if (text.indexOf('\0') >= 0) {
      throw Problem.invalid("invalid-text", field, field + " holds a NUL character");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw Problem.badField("invalid-encoding", field, field + " holds a lone surrogate");
    }
  }

  /// @throws Problem when it is missing, blank or no readable text
  static String required(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw Problem.invalid("validation", field, field + " is required");
    }
    check(field, text);
    return text;
  }

  /// The name of a document in its normal form (NFC).
  ///
  /// @throws Problem when it could be taken for a path, or for a device, on any system
  static String fileName(String field, @Nullable String text) {
    if (text == null) {
      throw Problem.invalid("validation", field, field + " is required");
    }
    check(field, text);
    String name = Normalizer.normalize(text, Normalizer.Form.NFC);
    boolean bad =
      name.isBlank() ||
      name.equals(".") ||
      name.equals("..") ||
      name.getBytes(StandardCharsets.UTF_8).length > FILE_NAME_BYTES ||
      FORBIDDEN.matcher(name).find() ||
      RESERVED.matcher(name).matches();
    if (bad) {
      throw Problem.invalid(
        "invalid-name",
        field,
        field + " must be a plain file name of 1 to 255 bytes without / and \\"
      );
    }
    return name;
  }
}
