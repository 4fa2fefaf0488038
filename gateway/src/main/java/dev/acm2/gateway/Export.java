package dev.acm2.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;

/// What judges said in a run as a file, and how it is written.
record Export(What what, RowFormat format) {
  /// Rows that can be exported.
  enum What {
    SCORES(ScoreRow.class),
    VOTES(VoteRow.class);

    private final Class<? extends Record> row;

    What(Class<? extends Record> row) {
      this.row = row;
    }
  }

  /// @throws ProblemException invalid-export
  static Export of(String what, String format) {
    return new Export(
      parse("what", what, What.values()),
      parse("format", format, RowFormat.values())
    );
  }

  MediaType mediaType() {
    return MediaType.parseMediaType(format.mediaType());
  }

  /// For example `scores.csv`.
  String fileName() {
    return (what + "." + format).toLowerCase(Locale.ROOT);
  }

  byte[] write(Sources sources) {
    List<? extends Record> rows = switch (what) {
      case SCORES -> EvaluationRows.scores(sources.items());
      case VOTES -> EvaluationRows.votes(sources.items());
    };
    return format.write(RowFormat.columns(what.row), rows).getBytes(StandardCharsets.UTF_8);
  }

  private static <E extends Enum<E>> E parse(String field, String text, E[] values) {
    return Arrays.stream(values)
      .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
      .findFirst()
      .orElseThrow(() ->
        ProblemException.invalidExport(
          field,
          field + " must be one of " + Arrays.toString(values).toLowerCase(Locale.ROOT)
        )
      );
  }
}
