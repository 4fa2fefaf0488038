package dev.acm2.cli;

import dev.acm2.cli.Sources.Document;
import dev.acm2.cli.Sources.Source;
import dev.acm2.contract.Phase;
import java.util.HashMap;
import java.util.Map;

/// How the documents of a source are called: by who made them. Pure.
final class DocumentNames {

  /// As many digits as the page shows.
  private static final int SHORT = 8;

  private final Map<String, String> names = new HashMap<>();

  DocumentNames(Source source) {
    source.documents().forEach(document -> names.put(document.docId(), name(document)));
  }

  /// Model and iteration; a dash for a document that does not exist (any more, or yet).
  String of(String docId) {
    return names.getOrDefault(docId, "-");
  }

  /// The first digits of an id, which `acm2 document` understands, too.
  static String shortId(String docId) {
    return docId.substring(0, Math.min(SHORT, docId.length()));
  }

  private static String name(Document document) {
    String combined = document.phase() == Phase.COMBINE ? ", combined" : "";
    return Format.line(document.model()) + " #" + document.iteration() + combined;
  }
}
