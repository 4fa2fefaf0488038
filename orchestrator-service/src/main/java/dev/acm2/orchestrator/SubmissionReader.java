package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunSubmission;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Reads a submission, or another body, strictly: what is not understood is refused, and the answer names
/// it.
final class SubmissionReader {

  private SubmissionReader() {}

  /// @throws Problem when the body is no submission
  static RunSubmission read(byte @Nullable [] body) {
    return read(body, RunSubmission.class, "a run");
  }

  /// @param what is expected, for people
  /// @throws Problem when the body is nothing of that type
  static <T> T read(byte @Nullable [] body, Class<T> type, String what) {
    if (body == null || body.length == 0) {
      throw Problem.badRequest("empty-body", "the body is empty; " + what + " is expected as JSON");
    }
    String text = decode(body);
    checkSyntax(text);
    try {
      T read = ContractJson.INPUT.readValue(text, type);
      if (read == null) {
        throw Problem.badRequest("malformed-json", "a JSON object is expected, not null");
      }
      return read;
    } catch (JacksonException e) {
      throw mismatch(e);
    }
  }

  private static String decode(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.badRequest("invalid-encoding", "the body is not valid UTF-8");
    }
  }

  /// Looks at the whole text first, so that what is no JSON at all is never called a wrong value.
  private static void checkSyntax(String text) {
    try (JsonParser parser = ContractJson.INPUT.createParser(text)) {
      try {
        parser.nextToken();
        parser.skipChildren();
        if (parser.nextToken() != null) {
          throw Problem.badRequest("malformed-json", "there is more than one JSON value");
        }
      } catch (JacksonException e) {
        throw syntax(e, parser.streamReadContext().pathAsPointer().toString());
      }
    }
  }

  private static Problem syntax(JacksonException e, String pointer) {
    String message = String.valueOf(e.getOriginalMessage());
    if (e instanceof StreamConstraintsException && message.contains("depth")) {
      return Problem.badRequest("too-deep", "the JSON is nested deeper than 50 levels");
    }
    if (message.startsWith("Duplicate")) {
      String path = pointer
        .replaceAll("/(\\d+)", "[$1]")
        .replace('/', '.')
        .replaceFirst("^\\.", "");
      return Problem.badField("duplicate-key", path, message);
    }
    String where =
      e.getLocation() == null
        ? ""
        : "line " +
          e.getLocation().getLineNr() +
          ", column " +
          e.getLocation().getColumnNr() +
          ": ";
    return Problem.badRequest("malformed-json", where + message);
  }

  private static Problem mismatch(JacksonException e) {
    String path = path(e);
    return e instanceof UnrecognizedPropertyException unknown
      ? Problem.badField(
          "unknown-field",
          path,
          "there is no field " + unknown.getPropertyName() + " here"
        )
      : Problem.invalid("validation", path, String.valueOf(e.getOriginalMessage()));
  }

  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }
}
