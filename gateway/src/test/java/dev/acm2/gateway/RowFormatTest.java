package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowFormatTest {

  private static final List<String> COLUMNS = List.of("text", "number", "note");

  /// A row as wide as the tests need it.
  private record Row(String text, int number, @Nullable String note) {}

  private record Listing(List<String> all) {}

  @Test
  void shouldWriteCsvAsSpreadsheetsReadIt() {
    List<Row> rows = List.of(new Row("plain", 1, null), new Row("a, \"b\"\nc", -2, ""));

    assertThat(RowFormat.CSV.write(COLUMNS, rows)).isEqualTo(
      "text,number,note\r\nplain,1,\r\n\"a, \"\"b\"\"\nc\",-2,\r\n"
    );
  }

  @Test
  void shouldNotLetTextBecomeAFormula() {
    List<Row> rows = List.of(
      new Row("=1+1", 1, "@x"),
      new Row("-2", 1, "+3"),
      new Row("\t=1", 1, "a=b"),
      new Row("=a\nb", 1, null)
    );

    assertThat(RowFormat.CSV.write(COLUMNS, rows)).isEqualTo(
      "text,number,note\r\n'=1+1,1,'@x\r\n'-2,1,'+3\r\n'\t=1,1,a=b\r\n\"'=a\nb\",1,\r\n"
    );
  }

  @Test
  void shouldNotLetWideSignsBecomeAFormula() {
    List<Row> rows = List.of(new Row("\uFF1D1+1", 1, "\uFF20x"), new Row("\n=1", 1, null));

    assertThat(RowFormat.CSV.write(COLUMNS, rows)).isEqualTo(
      "text,number,note\r\n'\uFF1D1+1,1,'\uFF20x\r\n\"'\n=1\",1,\r\n"
    );
  }

  @Test
  void shouldWriteListsIntoOneCell() {
    List<Listing> rows = List.of(new Listing(List.of("a", "b")), new Listing(List.of("=a,")));

    assertThat(RowFormat.CSV.write(RowFormat.columns(Listing.class), rows)).isEqualTo(
      "all\r\na b\r\n\"'=a,\"\r\n"
    );
  }

  @ParameterizedTest
  @EnumSource
  void shouldWriteTheSameInPages(RowFormat format) {
    // given
    List<Row> rows = List.of(new Row("a", 1, null), new Row("b", 2, null), new Row("c", 3, null));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    // when
    RowFile file = RowFile.begin(format, Row.class, out);
    file.page(List.of());
    file.page(rows.subList(0, 2));
    file.page(List.of());
    file.page(rows.subList(2, 3));
    file.end();

    // then
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(format.write(COLUMNS, rows));
  }

  @Test
  void shouldWriteTheNamesOfColumnsWithoutRows() {
    assertThat(RowFormat.CSV.write(COLUMNS, List.of())).isEqualTo("text,number,note\r\n");
    assertThat(RowFormat.JSON.write(COLUMNS, List.of())).isEqualTo("[]");
    assertThat(RowFormat.JSONL.write(COLUMNS, List.of())).isEmpty();
  }

  @Test
  void shouldWriteJsonAsItIs() {
    List<Row> rows = List.of(new Row("=1", 1, null), new Row("b", 2, "c"));

    assertThat(RowFormat.JSON.write(COLUMNS, rows)).isEqualTo(
      "[{\"text\":\"=1\",\"number\":1,\"note\":null},{\"text\":\"b\",\"number\":2,\"note\":\"c\"}]"
    );
    assertThat(RowFormat.JSONL.write(COLUMNS, rows)).isEqualTo(
      "{\"text\":\"=1\",\"number\":1,\"note\":null}\n{\"text\":\"b\",\"number\":2,\"note\":\"c\"}\n"
    );
  }
}
