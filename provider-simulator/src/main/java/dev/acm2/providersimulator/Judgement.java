package dev.acm2.providersimulator;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A request to judge documents.
///
/// @param documents the ones that are shown, as far as this simulator wrote them
/// @param prompted  whether the prompt alone asks for JSON; models wrap such an answer in a fence
record Judgement(VerdictForm form, List<ShownDocument> documents, boolean prompted) {
  /// Null when the call is no request to judge.
  static @Nullable Judgement askedBy(ModelCall call, JsonMapper json) {
    VerdictForm demanded = VerdictForm.of(call.schema());
    if (demanded != null) {
      VerdictForm form = PromptedForm.scaled(demanded, call.prompt());
      return new Judgement(form, ShownDocument.in(call.prompt()), false);
    }
    List<ShownDocument> documents = ShownDocument.in(call.prompt());
    VerdictForm prompted = documents.isEmpty() ? null : PromptedForm.in(call.prompt(), json);
    return prompted == null
      ? null
      : new Judgement(prompted, documents, call.schema().isMissingNode());
  }

  /// The one that is scored: a source that is shown before it may be signed, too.
  @Nullable
  ShownDocument scored() {
    return documents.isEmpty() ? null : documents.getLast();
  }

  /// The two that are compared, A first; empty when fewer are shown that this simulator knows.
  List<ShownDocument> compared() {
    int count = documents.size();
    return count < 2 ? List.of() : documents.subList(count - 2, count);
  }

  /// The same for everyone who asks the same about the same documents in the same order.
  String subject() {
    return documents
      .stream()
      .map(each -> each.signature().line())
      .collect(Collectors.joining("|", form.getClass().getSimpleName() + "|", ""));
  }
}
