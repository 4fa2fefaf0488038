package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.Judging;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Prompt;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.Judges;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.call.ArtifactTexts.UnreadableException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BriefingsTest {

  private final InMemoryArtifactStore store = new InMemoryArtifactStore();
  private final Briefings briefings = new Briefings(store, new SecureRandom());
  private final WorkItems work = WorkItems.of(store);

  @Test
  void shouldCombineTheDocumentsInTheirOrder() {
    Prompt prompt = WorkItems.prompt(store, "Merge.", "Write it.", "Source.", "Better.", "Good.");
    Briefing briefing = briefings.of(work.withPrompt(prompt).judging(Phase.COMBINE, "x").item());
    assertThat(briefing.purpose()).isInstanceOf(Purpose.Writing.class);
    assertThat(briefing.prompt()).containsSubsequence(
      "Merge.",
      "Write it.",
      "Source.",
      "Better.",
      "Good."
    );
  }

  @Test
  void shouldDrawOtherMarksForEachCall() {
    Prompt prompt = Judges.prompt(store, new Judging(Judges.RUBRIC, false), "The document.");
    WorkItems judge = work.withPrompt(prompt).judging(Phase.SINGLE_EVAL, "x");
    String first = briefings.of(judge.item()).prompt();
    String second = briefings.of(judge.withNumber(2).item()).prompt();
    assertThat(first).isNotEqualTo(second).hasSameSizeAs(second);
    assertThat(briefings.of(judge.item()).purpose()).isEqualTo(new Purpose.Scoring(Judges.RUBRIC));
  }

  @Test
  void shouldRefuseWhatIsNoWorkForAJudge() {
    Judging judging = new Judging(Judges.RUBRIC, false);
    Prompt good = Judges.prompt(store, judging, "The document.");
    ArtifactRef text = store.putText("no rubric");
    assertUnreadable(Phase.SINGLE_EVAL, new Prompt(good.instructions(), good.inputs()));
    assertUnreadable(Phase.SINGLE_EVAL, new Prompt(good.instructions(), good.inputs(), text));
    assertUnreadable(
      Phase.SINGLE_EVAL,
      new Prompt(good.instructions(), List.of(text), good.judging())
    );
    assertUnreadable(Phase.PAIRWISE, Judges.prompt(store, judging, "One.", "Two."));
    assertUnreadable(Phase.COMBINE, WorkItems.prompt(store, "Merge.", "Write it.", "Source."));
  }

  private void assertUnreadable(Phase phase, Prompt prompt) {
    assertThatThrownBy(() ->
      briefings.of(work.withPrompt(prompt).judging(phase, "a:b").item())
    ).isInstanceOf(UnreadableException.class);
  }

  @Test
  void shouldReadSmallTextsOnceAndKeepFewOfThem() {
    AtomicInteger reads = new AtomicInteger();
    ArtifactTexts texts = new ArtifactTexts(counting(reads));
    ArtifactRef used = store.putText("used");
    for (int i = 0; i < 10 * ArtifactTexts.KEPT; i++) {
      assertThat(texts.text(used)).isEqualTo("used");
      texts.text(store.putText("text " + i));
      assertThat(texts.size()).isLessThanOrEqualTo(ArtifactTexts.KEPT);
    }
    assertThat(reads).hasValue(10 * ArtifactTexts.KEPT + 1);
  }

  @Test
  void shouldNotKeepLargeTexts() {
    AtomicInteger reads = new AtomicInteger();
    ArtifactTexts texts = new ArtifactTexts(counting(reads));
    ArtifactRef large = store.putText("x".repeat(ArtifactTexts.SMALL + 1));
    assertThat(texts.text(large)).isEqualTo(texts.text(large));
    assertThat(reads).hasValue(2);
    assertThat(texts.size()).isZero();
  }

  private ArtifactStore counting(AtomicInteger reads) {
    return new ArtifactStore() {
      @Override
      public ArtifactRef put(byte[] content, String mediaType) {
        return store.put(content, mediaType);
      }

      @Override
      public Optional<Artifact> find(String sha256) {
        reads.incrementAndGet();
        return store.find(sha256);
      }
    };
  }
}
