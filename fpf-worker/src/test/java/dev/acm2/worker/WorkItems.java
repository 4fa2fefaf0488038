package dev.acm2.worker;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallLimits;
import dev.acm2.contract.CallOptions;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.WorkItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Work for tests. Each `withX` gives a changed copy.
public record WorkItems(
  RunId runId,
  int number,
  int epoch,
  Phase phase,
  @Nullable String subject,
  ModelId model,
  Prompt prompt,
  CallOptions options,
  CallLimits limits,
  Instant startBy
) {
  public static final CallOptions PLAIN = new CallOptions(1000, Demand.OFF, Demand.OFF);

  public static WorkItems of(ArtifactStore store) {
    return new WorkItems(
      RunId.of(Instant.now(), System.nanoTime(), System.nanoTime()),
      1,
      1,
      Phase.GENERATION,
      null,
      ModelId.parse("openai:gpt-5-mini"),
      prompt(store, "Summarise.", "A document."),
      PLAIN,
      limits(Duration.ofSeconds(60), Duration.ofSeconds(30), 3),
      Instant.now().plus(Duration.ofHours(1))
    );
  }

  public static CallLimits limits(Duration deadline, Duration attempt, int attempts) {
    return new CallLimits(deadline, attempt, attempts, Duration.ofHours(1));
  }

  public static Prompt prompt(ArtifactStore store, String instructions, String... documents) {
    List<ArtifactRef> inputs = Arrays.stream(documents)
      .map(text -> put(store, text))
      .toList();
    return new Prompt(put(store, instructions), inputs);
  }

  private static ArtifactRef put(ArtifactStore store, String text) {
    return store.put(text.getBytes(StandardCharsets.UTF_8), "text/markdown");
  }

  public WorkItems withNumber(int other) {
    return new WorkItems(
      runId,
      other,
      epoch,
      phase,
      subject,
      model,
      prompt,
      options,
      limits,
      startBy
    );
  }

  public WorkItems withEpoch(int other) {
    return new WorkItems(
      runId,
      number,
      other,
      phase,
      subject,
      model,
      prompt,
      options,
      limits,
      startBy
    );
  }

  /// A call of another phase.
  public WorkItems judging(Phase judge, String judged) {
    return new WorkItems(
      runId,
      number,
      epoch,
      judge,
      judged,
      model,
      prompt,
      options,
      limits,
      startBy
    );
  }

  public WorkItems withModel(String other) {
    return new WorkItems(
      runId,
      number,
      epoch,
      phase,
      subject,
      ModelId.parse(other),
      prompt,
      options,
      limits,
      startBy
    );
  }

  public WorkItems withPrompt(Prompt other) {
    return new WorkItems(
      runId,
      number,
      epoch,
      phase,
      subject,
      model,
      other,
      options,
      limits,
      startBy
    );
  }

  public WorkItems withOptions(CallOptions other) {
    return new WorkItems(
      runId,
      number,
      epoch,
      phase,
      subject,
      model,
      prompt,
      other,
      limits,
      startBy
    );
  }

  public WorkItems withLimits(CallLimits other) {
    return new WorkItems(
      runId,
      number,
      epoch,
      phase,
      subject,
      model,
      prompt,
      options,
      other,
      startBy
    );
  }

  public WorkItems startedBy(Instant other) {
    return new WorkItems(
      runId,
      number,
      epoch,
      phase,
      subject,
      model,
      prompt,
      options,
      limits,
      other
    );
  }

  public WorkItem item() {
    return new WorkItem(
      runId,
      CallId.of(runId, new CallPlace(phase, "doc.md", model, number, subject)),
      epoch,
      phase,
      "doc.md",
      model,
      number,
      subject,
      prompt,
      options,
      limits,
      startBy,
      startBy.plus(Duration.ofHours(1))
    );
  }
}
