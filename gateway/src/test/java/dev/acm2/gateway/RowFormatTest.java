package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowFormatTest {

  private static final List<String> COLUMNS = List.of("text", "number", "note");

  /// A row as wide as the tests need it.
  private record Row(String text, int number, @Nullable String note) {}

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
