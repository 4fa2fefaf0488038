package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How exported rows are written. Names of columns are those of the fields in JSON.
enum RowFormat {
  CSV("text/csv;charset=UTF-8") {
    @Override
    String write(List<String> columns, List<? extends Record> rows) {
      List<String> lines = new ArrayList<>();
      lines.add(columns.stream().collect(Collectors.joining(",")));
      rows.forEach(row -> lines.add(line(columns, row)));
      return ended(lines, "\r\n");
    }
  },
  JSON("application/json") {
    @Override
    String write(List<String> columns, List<? extends Record> rows) {
      return ContractJson.VIEWS.writeValueAsString(rows);
    }
  },
  JSONL("application/x-ndjson") {
    @Override
    String write(List<String> columns, List<? extends Record> rows) {
      return ended(rows.stream().map(ContractJson.VIEWS::writeValueAsString).toList(), "\n");
    }
  };

  /// What a spreadsheet would take for a formula: what judges write is nothing to be executed.
  private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r].*", Pattern.DOTALL);
  private static final Pattern SPECIAL = Pattern.compile("[,\"\r\n]");

  private final String mediaType;

  RowFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /// @param columns fields of the rows, in the order of their declaration
  abstract String write(List<String> columns, List<? extends Record> rows);

  private static String line(List<String> columns, Record row) {
    JsonNode values = ContractJson.VIEWS.valueToTree(row);
    return columns
      .stream()
      .map(column -> cell(values.path(column)))
      .collect(Collectors.joining(","));
  }

  /// As RFC 4180 has it; null is empty; a text that looks like a formula gets an apostrophe in front.
  private static String cell(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    String text = value.asString();
    String plain = value.isString() && FORMULA.matcher(text).matches() ? "'" + text : text;
    return SPECIAL.matcher(plain).find() ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }

  private static String ended(List<String> lines, String end) {
    return lines
      .stream()
      .map(line -> line + end)
      .collect(Collectors.joining());
  }
}
