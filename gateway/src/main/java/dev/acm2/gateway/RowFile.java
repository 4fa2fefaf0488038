package dev.acm2.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A file of rows that is written page by page.
final class RowFile {

  private final RowFormat format;
  private final List<String> columns;
  private final OutputStream out;
  private boolean empty = true;

  private RowFile(RowFormat format, List<String> columns, OutputStream out) {
    this.format = format;
    this.columns = columns;
    this.out = out;
  }

  /// Writes what stands before the rows.
  ///
  /// @throws UncheckedIOException when nobody takes what is written, like the other methods
  static RowFile begin(RowFormat format, Class<? extends Record> row, OutputStream out) {
    RowFile file = new RowFile(format, RowFormat.columns(row), out);
    file.write(format.head(file.columns));
    return file;
  }

  void page(List<? extends Record> rows) {
    write(format.page(columns, rows, empty));
    empty = empty && rows.isEmpty();
  }

  void end() {
    write(format.foot());
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
