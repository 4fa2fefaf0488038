package dev.acm2.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The events of a run in the order of the log, page by page.
record RunHistory(GatewayClient gateway, String path, PrintWriter out) {
  private static final int LONGEST = 240;

  /// @param items events as the gateway tells them
  record Page(List<JsonNode> items, @Nullable String nextCursor) {}

  record Entry(
    Instant at,
    String type,
    @Nullable String callId,
    Producer producer,
    JsonNode event
  ) {}

  record Producer(String service, String instance) {}

  /// One a line, as the gateway tells them.
  void printJson() {
    pages(page -> page.items().forEach(out::println));
  }

  void print(ZoneId zone) {
    pages(page -> {
      List<List<String>> rows = new ArrayList<>();
      page.items().forEach(item -> rows.add(row(read(item), zone)));
      Format.table(rows).forEach(out::println);
    });
  }

  private static Entry read(JsonNode item) {
    return GatewayClient.read(item.toString(), Entry.class);
  }

  private static List<String> row(Entry entry, ZoneId zone) {
    return List.of(
      Format.time(entry.at(), zone),
      Format.line(entry.type()),
      entry.callId() == null ? "-" : Format.line(entry.callId()),
      Format.line(entry.producer().service() + " " + entry.producer().instance()),
      Format.cut(Format.line(entry.event().toString()), LONGEST)
    );
  }

  private void pages(Consumer<Page> sink) {
    @Nullable
    String after = null;
    do {
      String answer = gateway.get(after == null ? path : path + "&after=" + Urls.encode(after));
      Page page = GatewayClient.read(answer, Page.class);
      sink.accept(page);
      out.flush();
      after = page.nextCursor();
    } while (after != null);
  }
}
