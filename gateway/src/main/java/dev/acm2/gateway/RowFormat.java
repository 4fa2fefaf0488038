package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How exported rows are written. Names of columns are those of the fields in JSON. A file is its head,
/// its rows in any number of pages, and its foot.
enum RowFormat {
  CSV("text/csv;charset=UTF-8") {
    @Override
    String head(List<String> columns) {
      return String.join(",", columns) + "\r\n";
    }

    @Override
    String page(List<String> columns, List<? extends Record> rows, boolean first) {
      return rows
        .stream()
        .map(row -> line(columns, row) + "\r\n")
        .collect(Collectors.joining());
    }
  },
  JSON("application/json") {
    @Override
    String head(List<String> columns) {
      return "[";
    }

    @Override
    String page(List<String> columns, List<? extends Record> rows, boolean first) {
      String text = rows
        .stream()
        .map(ContractJson.VIEWS::writeValueAsString)
        .collect(Collectors.joining(","));
      return first || text.isEmpty() ? text : "," + text;
    }

    @Override
    String foot() {
      return "]";
    }
  },
  JSONL("application/x-ndjson") {
    @Override
    String page(List<String> columns, List<? extends Record> rows, boolean first) {
      return rows
        .stream()
        .map(row -> ContractJson.VIEWS.writeValueAsString(row) + "\n")
        .collect(Collectors.joining());
    }
  };

  /// What a spreadsheet would take for a formula, also in the wide forms that East Asian ones know: what
  /// models write is nothing to be executed.
  private static final Pattern FORMULA = Pattern.compile(
    "[=+\\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20].*",
    Pattern.DOTALL
  );
  private static final Pattern SPECIAL = Pattern.compile("[,\"\r\n]");

  private final String mediaType;

  RowFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  static List<String> columns(Class<? extends Record> row) {
    return Arrays.stream(row.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /// What stands before the rows.
  String head(List<String> columns) {
    return "";
  }

  /// @param columns fields of the rows, in the order of their declaration
  /// @param first whether no row stands before these
  abstract String page(List<String> columns, List<? extends Record> rows, boolean first);

  /// What stands behind the rows.
  String foot() {
    return "";
  }

  /// All of a file.
  String write(List<String> columns, List<? extends Record> rows) {
    return head(columns) + page(columns, rows, true) + foot();
  }

  private static String line(List<String> columns, Record row) {
    JsonNode values = ContractJson.VIEWS.valueToTree(row);
    return columns
      .stream()
      .map(column -> cell(values.path(column)))
      .collect(Collectors.joining(","));
  }

  /// As RFC 4180 has it; null is empty, a list has spaces between its values; a text that looks like a
  /// formula gets an apostrophe in front.
  private static String cell(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    boolean isText = value.isString() || value.isArray();
    String text = text(value);
    String plain = isText && FORMULA.matcher(text).matches() ? "'" + text : text;
    return SPECIAL.matcher(plain).find() ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }

  private static String text(JsonNode value) {
    return value.isArray()
      ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(" "))
      : value.asString();
  }
}
