package dev.acm2.providersimulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The grounding of a Gemini answer: what was searched, the pages found, and which piece of which
/// part they support. Positions are in UTF-8 bytes of a part; parts are counted without thoughts,
/// and a zero is left out.
final class GeminiGrounding {

  private GeminiGrounding() {}

  /// The text as it is spread over parts: cut before a section near its middle, if there is one.
  static List<String> parts(String text) {
    int cut = text.indexOf("\n## ", text.length() / 2);
    if (text.isEmpty()) {
      return List.of();
    }
    return cut < 0 ? List.of(text) : List.of(text.substring(0, cut), text.substring(cut));
  }

  static void write(int searches, List<Passage> passages, ObjectNode grounding) {
    grounding
      .putObject("searchEntryPoint")
      .put("renderedContent", "<div class=\"container\"><a class=\"chip\">search</a></div>");
    if (passages.stream().anyMatch(each -> each.source() != null)) {
      supports(passages, grounding.putArray("groundingChunks"), grounding);
    }
    ArrayNode queries = grounding.putArray("webSearchQueries");
    for (int search = 1; search <= searches; search++) {
      queries.add("background of the document, part " + search);
    }
  }

  private static void supports(List<Passage> passages, ArrayNode chunks, ObjectNode grounding) {
    ArrayNode supports = grounding.putArray("groundingSupports");
    int first = parts(Passage.text(passages)).getFirst().length();
    int at = 0;
    for (Passage passage : passages) {
      if (passage.source() != null) {
        ObjectNode support = supports.addObject();
        segment(support.putObject("segment"), passages, at, first, passage.text());
        support.putArray("groundingChunkIndices").add(chunks.size());
        chunk(chunks.addObject(), passage.source());
      }
      at += passage.text().length();
    }
  }

  private static void chunk(ObjectNode chunk, Citation source) {
    String site = URI.create(source.url()).getHost();
    chunk.putObject("web").put("uri", source.url()).put("title", site);
  }

  /// `at` is where the piece starts, `first` where the second part does, both in characters.
  private static void segment(
    ObjectNode segment,
    List<Passage> passages,
    int at,
    int first,
    String text
  ) {
    boolean inSecond = at >= first;
    int start = bytes(Passage.text(passages).substring(inSecond ? first : 0, at));
    if (inSecond) {
      segment.put("partIndex", 1);
    }
    if (start > 0) {
      segment.put("startIndex", start);
    }
    segment.put("endIndex", start + bytes(text)).put("text", text);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
