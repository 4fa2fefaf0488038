package dev.acm2.providersimulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A model's opinion of documents: their quality, with the noise and the weaknesses of the judge.
final class Judge {

  private static final double UNKNOWN_QUALITY = 0.5;
  private static final double HARDLY_A_DIFFERENCE = 0.03;
  /// Of the usual scale, 1 to 5: what turns points of a score into quality.
  private static final double SCALE = 4;
  private static final List<String> WEAK = List.of(
    "It leaves its main claim without support.",
    "It misses what the source says about this.",
    "It contradicts itself in two places."
  );
  private static final List<String> FAIR = List.of(
    "It is sound where it follows the source, and thin elsewhere.",
    "It does what was asked, with two slips.",
    "It repeats itself but gets the essentials right."
  );
  private static final List<String> STRONG = List.of(
    "It follows the source closely.",
    "It is complete and well ordered.",
    "Every statement can be traced to the source."
  );

  private final String model;
  private final String key;
  private final JudgeOptions options;
  private final Draws draws;

  /// @param key decides the noise of this one verdict
  Judge(String model, String key, JudgeOptions options, Draws draws) {
    this.model = model;
    this.key = key;
    this.options = options;
    this.draws = draws;
  }

  /// Satisfies the schema that was asked for: properties that are not part of a verdict are filled in.
  ObjectNode verdict(ModelCall call, Judgement judgement) {
    ObjectNode verdict = filled(call.schema());
    switch (judgement.form()) {
      case VerdictForm.Scores scores -> scores(scores, judgement.scored(), verdict);
      case VerdictForm.Preference preference -> prefer(preference, judgement.compared(), verdict);
    }
    return verdict;
  }

  private void scores(
    VerdictForm.Scores form,
    @Nullable ShownDocument document,
    ObjectNode verdict
  ) {
    ArrayNode scores = verdict.putArray(form.property());
    for (VerdictForm.Criterion criterion : form.criteria()) {
      double opinion = quality(document) + leniency() + noise(criterion.name());
      double range = criterion.max() - criterion.min();
      double shift = injected(document) ? options.gullibility(model) : 0;
      double points = criterion.min() + range * Math.clamp(opinion, 0, 1) + shift;
      int score = Math.clamp(Math.round(points), criterion.min(), criterion.max());
      scores.add(
        filled(form.entry())
          .put("criterion", criterion.name())
          .put("score", score)
          .put("reason", reason(criterion.name(), (score - criterion.min()) / range))
      );
    }
  }

  private void prefer(
    VerdictForm.Preference form,
    List<ShownDocument> documents,
    ObjectNode verdict
  ) {
    ShownDocument first = documents.isEmpty() ? null : documents.getFirst();
    ShownDocument second = documents.isEmpty() ? null : documents.getLast();
    double lead = appeal(first) - appeal(second) + options.positionBias(model) + noise("lead");
    boolean tie = form.ties() && Math.abs(lead) < HARDLY_A_DIFFERENCE;
    verdict
      .put("reason", reason("winner", tie ? 0.5 : 1))
      .put("winner", tie ? "TIE" : leads(lead) ? "A" : "B");
  }

  /// In the order of the schema, as models write; empty where there is none.
  private ObjectNode filled(JsonNode schema) {
    SchemaAnswer answer = new SchemaAnswer(draws.random("filling", key));
    return schema.path("properties").isEmpty()
      ? JsonNodeFactory.instance.objectNode()
      : (ObjectNode) answer.value(schema);
  }

  /// Without any difference a coin decides, or the place would.
  private boolean leads(double lead) {
    return lead > 0 || (lead == 0 && draws.random("coin", key).nextBoolean());
  }

  private double appeal(@Nullable ShownDocument document) {
    double shift = injected(document) ? options.gullibility(model) / SCALE : 0;
    return quality(document) + shift;
  }

  private double quality(@Nullable ShownDocument document) {
    return document == null ? UNKNOWN_QUALITY : options.quality(document.signature());
  }

  private static boolean injected(@Nullable ShownDocument document) {
    return document != null && document.injected();
  }

  /// Some judges are milder than others, always.
  private double leniency() {
    return options.noise() * Draws.gaussian(draws.random("leniency", model));
  }

  private double noise(String what) {
    return options.noise() * Draws.gaussian(draws.random("opinion", key + "|" + what));
  }

  /// @param share of the scale, 0 to 1
  private String reason(String what, double share) {
    List<String> choices = share < 0.4 ? WEAK : share < 0.7 ? FAIR : STRONG;
    return choices.get(draws.random("reason", key + "|" + what).nextInt(choices.size()));
  }
}
