package dev.acm2.providersimulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A piece of a text and the source that supports it, null for none: for the dialects that name
/// sources beside the text and do not write links into it.
record Passage(String text, @Nullable Citation source) {
  /// The text of the draft in order, without its links. A source supports the paragraph that its
  /// link ended.
  static List<Passage> of(Draft draft) {
    List<Passage> passages = new ArrayList<>();
    int from = 0;
    for (Citation each : draft.citations()) {
      String before = draft.text().substring(from, each.start()).stripTrailing();
      int paragraph = before.lastIndexOf('\n') + 1;
      passages.add(new Passage(before.substring(0, paragraph), null));
      passages.add(new Passage(before.substring(paragraph), each));
      from = each.end();
    }
    passages.add(new Passage(draft.text().substring(from), null));
    passages.removeIf(each -> each.text().isEmpty());
    return passages;
  }

  static String text(List<Passage> passages) {
    return passages.stream().map(Passage::text).collect(Collectors.joining());
  }
}
