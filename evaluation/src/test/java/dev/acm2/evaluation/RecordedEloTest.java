package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Evaluations that the predecessor really made: its votes in the order of their rows, and the
/// ratings that came of them.
class RecordedEloTest {

  private static final Path EXPORTS = Path.of("../../shared/data/eval-exports");

  @Test
  void shouldFindTheRecordedRatingsFromTheRecordedVotes() throws IOException {
    assumeThat(EXPORTS).as("the recorded evaluations lie beside the project").exists();
    for (Path export : exports()) {
      // given
      Map<String, CallId> ids = new TreeMap<>();
      List<Vote> votes = rows(export, "pairwise_results")
        .stream()
        .map(row -> vote(row, ids))
        .toList();
      Map<String, Double> recorded = new TreeMap<>();
      rows(export, "elo_summary").forEach(row ->
        recorded.put(row.getFirst(), Double.valueOf(row.get(1)))
      );
      // when
      Map<CallId, Double> ratings = Elo.inOrder(ids.values(), votes);
      // then
      assertThat(recorded).isNotEmpty().hasSameSizeAs(ratings);
      recorded.forEach((document, rating) ->
        assertThat(ratings.get(ids.get(document)))
          .as(document)
          .isEqualTo(rating, within(0.01))
      );
    }
  }

  private static List<Path> exports() throws IOException {
    try (Stream<Path> folders = Files.list(EXPORTS)) {
      List<Path> exports = folders.filter(Files::isDirectory).sorted().toList();
      assertThat(exports).isNotEmpty();
      return exports;
    }
  }

  private static Vote vote(List<String> row, Map<String, CallId> ids) {
    return new Vote(
      id(row.get(1), ids),
      id(row.get(2), ids),
      row.get(5).isEmpty() ? null : id(row.get(5), ids),
      ModelId.parse(row.get(3)),
      Integer.parseInt(row.get(4))
    );
  }

  private static CallId id(String document, Map<String, CallId> ids) {
    return ids.computeIfAbsent(document, name -> Samples.document(ids.size()));
  }

  private static List<List<String>> rows(Path export, String kind) throws IOException {
    try (Stream<Path> files = Files.list(export)) {
      Path file = files
        .filter(path -> path.getFileName().toString().startsWith(kind))
        .findFirst()
        .orElseThrow();
      List<List<String>> rows = csv(Files.readString(file));
      return rows.subList(1, rows.size());
    }
  }

  /// Rows of fields; a quoted field may hold commas and line breaks, quotes are dropped.
  private static List<List<String>> csv(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (char c : text.replace("\r\n", "\n").toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        field.append(c);
      }
    }
    return rows;
  }
}
