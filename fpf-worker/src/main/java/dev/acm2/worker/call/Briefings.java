package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Judging;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.Required;
import dev.acm2.contract.WorkItem;
import dev.acm2.evaluation.CombinePrompt;
import dev.acm2.evaluation.JudgePrompt;
import dev.acm2.worker.call.ArtifactTexts.UnreadableException;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// Puts together what a model is told, by the phase of its call. Documents that are judged or
/// combined stand between marks that are drawn anew for each call, so that no author can write
/// them.
final class Briefings {

  private static final String BLANK_LINE = "\n\n";
  private static final int DELIMITER_BYTES = 16;

  private final ArtifactTexts texts;
  private final RandomGenerator random;

  /// @param random must not be foreseeable
  Briefings(ArtifactStore artifacts, RandomGenerator random) {
    this.texts = new ArtifactTexts(artifacts);
    this.random = random;
  }

  /// @throws UnreadableException when a part of it is missing or is not what it should be
  Briefing of(WorkItem item) {
    Prompt prompt = item.prompt();
    return switch (item.phase()) {
      case GENERATION -> new Briefing(plain(prompt), new Purpose.Writing());
      case COMBINE -> new Briefing(combination(prompt), new Purpose.Writing());
      case SINGLE_EVAL, PAIRWISE, POST_COMBINE -> judged(item, judging(prompt));
    };
  }

  /// The instructions, a blank line, the inputs in their order with a blank line between them.
  private String plain(Prompt prompt) {
    return Stream.concat(Stream.of(prompt.instructions()), prompt.inputs().stream())
      .map(texts::text)
      .collect(Collectors.joining(BLANK_LINE));
  }

  private String combination(Prompt prompt) {
    List<String> inputs = inputs(prompt);
    if (inputs.size() < 3) {
      throw wrong("a combination of " + inputs.size() + " inputs");
    }
    return CombinePrompt.of(
      delimiter(),
      texts.text(prompt.instructions()),
      inputs.get(0),
      inputs.get(1),
      inputs.subList(2, inputs.size())
    );
  }

  private Briefing judged(WorkItem item, Judging judging) {
    List<String> inputs = inputs(item.prompt());
    return switch (inputs.size()) {
      case 2 -> scoring(item, judging, inputs);
      case 3 -> comparison(item, judging, inputs);
      default -> throw wrong("a judge of " + (inputs.size() - 1) + " documents");
    };
  }

  private Briefing scoring(WorkItem item, Judging judging, List<String> inputs) {
    String task = texts.text(item.prompt().instructions());
    String prompt = JudgePrompt.scoring(delimiter(), task, inputs.get(0), inputs.get(1), judging);
    return new Briefing(prompt, new Purpose.Scoring(judging.rubric()));
  }

  private Briefing comparison(WorkItem item, Judging judging, List<String> inputs) {
    String task = texts.text(item.prompt().instructions());
    String prompt = JudgePrompt.comparison(
      delimiter(),
      task,
      inputs.get(0),
      inputs.get(1),
      inputs.get(2),
      judging
    );
    List<CallId> shown = shown(item);
    return new Briefing(
      prompt,
      new Purpose.Comparing(judging.ties(), shown.getFirst(), shown.getLast())
    );
  }

  private static List<CallId> shown(WorkItem item) {
    String subject = item.subject() == null ? "" : item.subject();
    try {
      List<CallId> shown = Stream.of(subject.split(":", -1)).map(CallId::parse).toList();
      if (shown.size() == 2) {
        return shown;
      }
    } catch (IllegalArgumentException e) {
      throw new UnreadableException("the subject of a comparison names no two documents", e);
    }
    throw wrong("the subject of a comparison names no two documents");
  }

  private Judging judging(Prompt prompt) {
    ArtifactRef ref = prompt.judging();
    if (ref == null) {
      throw wrong("a judge without a rubric");
    }
    try {
      Judging judging = ContractJson.EVENTS.readValue(texts.text(ref), Judging.class);
      Required.check(judging);
      return judging;
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UnreadableException("artifact " + ref.sha256() + " is no rubric", e);
    }
  }

  private List<String> inputs(Prompt prompt) {
    return prompt.inputs().stream().map(texts::text).toList();
  }

  private String delimiter() {
    byte[] bytes = new byte[DELIMITER_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static UnreadableException wrong(String detail) {
    return new UnreadableException(detail, null);
  }
}
