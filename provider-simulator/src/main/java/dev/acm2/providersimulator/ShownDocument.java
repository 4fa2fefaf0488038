package dev.acm2.providersimulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;

/// A document of this simulator that somebody shows to a model.
///
/// @param injected whether it has an instruction to judges in it
record ShownDocument(Signature signature, boolean injected) {
  /// Those in a prompt, in order of appearance. Each one reaches from its title, the last line with
  /// one `#`, to its signature; what the prompt says around it is not part of it.
  static List<ShownDocument> in(String prompt) {
    List<ShownDocument> documents = new ArrayList<>();
    int from = 0;
    for (MatchResult match : Signature.matches(prompt)) {
      String before = prompt.substring(from, match.start());
      String document = before.substring(Math.max(0, before.lastIndexOf("\n# ")));
      documents.add(new ShownDocument(Signature.read(match), Injection.in(document) != null));
      from = match.end();
    }
    return documents;
  }
}
