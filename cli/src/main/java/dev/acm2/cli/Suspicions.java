package dev.acm2.cli;

import dev.acm2.cli.Sources.Document;
import dev.acm2.cli.Sources.Source;
import dev.acm2.contract.Suspicion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Passages of a source's documents that speak to their judge, in lines; none where there are none. Pure.
final class Suspicions {

  private Suspicions() {}

  static List<String> of(Source source) {
    List<String> lines = new ArrayList<>();
    DocumentNames names = new DocumentNames(source);
    for (Document document : source.documents()) {
      if (!document.suspicions().isEmpty()) {
        lines.add(title(document, names));
        document.suspicions().forEach(each -> lines.add(passage(each)));
      }
    }
    if (!lines.isEmpty()) {
      lines.addAll(0, List.of("", "passages that speak to the judge"));
    }
    return lines;
  }

  private static String title(Document document, DocumentNames names) {
    String masked = document.original() == null ? "" : ", masked for the judge";
    return names.of(document.docId()) + "  " + DocumentNames.shortId(document.docId()) + masked;
  }

  private static String passage(Suspicion each) {
    return "  %s at character %d: %s".formatted(
      each.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
      each.position(),
      Format.line(each.excerpt())
    );
  }
}
