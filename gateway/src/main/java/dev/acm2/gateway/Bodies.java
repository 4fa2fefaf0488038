package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Reads the bodies of requests that are answered for here: as strictly as the orchestrator.
final class Bodies {

  private Bodies() {}

  /// @throws ProblemException malformed-json, unknown-field, validation
  static <T> T read(byte @Nullable [] body, Class<T> type) {
    return read(body, type, ProblemException::unknownField);
  }

  /// For what is kept and may be used much later: a field that is unknown is as wrong as a wrong value.
  ///
  /// @throws ProblemException malformed-json, validation
  static <T> T readShape(byte @Nullable [] body, Class<T> type) {
    return read(body, type, (field, name) ->
      ProblemException.invalidField(field, "there is no field " + name + " here")
    );
  }

  private static <T> T read(
    byte @Nullable [] body,
    Class<T> type,
    BiFunction<String, String, ProblemException> unknown
  ) {
    if (body == null || body.length == 0) {
      throw ProblemException.malformed("the body is empty; JSON is expected");
    }
    try {
      T read = ContractJson.INPUT.readValue(body, type);
      if (read == null) {
        throw ProblemException.malformed("a JSON object is expected, not null");
      }
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw unknown.apply(path(e), e.getPropertyName());
    } catch (StreamReadException e) {
      throw ProblemException.malformed(String.valueOf(e.getOriginalMessage()));
    } catch (JacksonException e) {
      throw ProblemException.invalidField(path(e), String.valueOf(e.getOriginalMessage()));
    }
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
