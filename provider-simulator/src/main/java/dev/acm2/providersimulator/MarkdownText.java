package dev.acm2.providersimulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A document in Markdown about the subject of a prompt: title, sections, lists, and citations when
/// it is grounded. A function of its arguments and the random source alone.
final class MarkdownText {

  /// Title and section together are never longer than this, in characters.
  static final int LONGEST_SECTION = 1800;

  private static final List<String> HEADINGS = List.of(
    "Summary",
    "Background",
    "Scope and definitions",
    "Main findings",
    "Who is affected",
    "Open questions",
    "Costs and benefits",
    "Next steps",
    "Risks",
    "Timeline",
    "Comparison"
  );
  private static final List<String> SUBJECTS = List.of(
    "The text",
    "This order",
    "The agency",
    "Section 2",
    "The cited record",
    "A narrow reading",
    "The earlier rule",
    "The implementing guidance",
    "The reporting duty",
    "Most of the evidence"
  );
  private static final List<String> VERBS = List.of(
    "sets out",
    "narrows",
    "replaces",
    "depends on",
    "supports",
    "leaves open",
    "restates",
    "conflicts with",
    "strengthens",
    "delays"
  );
  private static final List<String> OBJECTS = List.of(
    "the duties of the departments named",
    "the schedule for the first report",
    "the definition used in the statute",
    "the exemption for existing contracts",
    "the standard of review",
    "the consultation with the states",
    "the data that must be published",
    "the burden on smaller bodies",
    "the funding already committed",
    "the terms of enforcement"
  );
  private static final List<String> CLOSINGS = List.of(
    "",
    " within ninety days",
    " as far as the record shows",
    " without a new appropriation",
    ", though the wording allows another view",
    ", which the annex confirms",
    " in most cases"
  );

  private final SplittableRandom random;
  private final boolean grounded;
  private final StringBuilder text = new StringBuilder();
  private final List<Citation> citations = new ArrayList<>();

  private MarkdownText(SplittableRandom random, boolean grounded) {
    this.random = random;
    this.grounded = grounded;
  }

  /// At least a title and one section, then sections until `length` characters are reached.
  static MarkdownText write(String prompt, int length, boolean grounded, SplittableRandom random) {
    MarkdownText document = new MarkdownText(random, grounded);
    document.text.append("# ").append(subject(prompt)).append("\n");
    do {
      document.section();
    } while (document.text.length() < length);
    return document;
  }

  String text() {
    return text.toString();
  }

  List<Citation> citations() {
    return citations;
  }

  /// The first Markdown heading of the prompt, else its first line, cut to a title's length.
  private static String subject(String prompt) {
    List<String> lines = prompt
      .lines()
      .map(String::strip)
      .filter(l -> !l.isEmpty())
      .toList();
    String line = lines
      .stream()
      .filter(l -> l.startsWith("#"))
      .findFirst()
      .orElse(lines.getFirst());
    String plain = line.replaceAll("[#*_`<>\\[\\]|]", "").strip();
    return plain.isEmpty() ? "Report" : plain.substring(0, Math.min(plain.length(), 80)).strip();
  }

  private void section() {
    text.append("\n## ").append(one(HEADINGS)).append("\n\n");
    for (int sentences = random.nextInt(2, 6); sentences > 0; sentences--) {
      text.append(sentence()).append(sentences > 1 ? " " : "");
    }
    cite();
    text.append("\n");
    if (random.nextInt(3) == 0) {
      list();
    }
  }

  private void list() {
    text.append("\n");
    for (int items = random.nextInt(2, 5); items > 0; items--) {
      text.append("- **").append(one(SUBJECTS)).append("**: ").append(sentence()).append("\n");
    }
  }

  private void cite() {
    if (grounded) {
      int number = citations.size() + 1;
      String url = "https://source-" + number + ".example/" + Draws.hex(random, 8);
      String link = "([source-" + number + ".example](" + url + "))";
      text.append(' ');
      citations.add(
        new Citation(text.length(), text.length() + link.length(), url, "Source " + number)
      );
      text.append(link);
    }
  }

  private String sentence() {
    return one(SUBJECTS) + " " + one(VERBS) + " " + one(OBJECTS) + one(CLOSINGS) + ".";
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
