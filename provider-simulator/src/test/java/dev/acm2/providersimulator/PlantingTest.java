package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Authors that plant an instruction to judges in what they write.
class PlantingTest {

  private static final String AUTHOR = "gpt-5";
  private static final JudgeOptions HALF = JudgeOptions.DEFAULTS.withPlanting(AUTHOR, 0.5);

  @Test
  void shouldPlantInAboutTheShareThatIsSetAndInNothingElse() {
    List<Boolean> planted = IntStream.range(0, 400)
      .mapToObj(repeat -> isPlanted(written(HALF, AUTHOR, repeat)))
      .toList();

    assertThat(
      planted
        .stream()
        .filter(each -> each)
        .count() / 400.0
    ).isCloseTo(0.5, within(0.1));
    assertThat(
      IntStream.range(0, 50).mapToObj(repeat -> written(HALF, "gpt-5.1", repeat))
    ).noneMatch(PlantingTest::isPlanted);
  }

  @Test
  void shouldPlantInTheSameDocumentsEveryTime() {
    assertThat(
      IntStream.range(0, 20)
        .mapToObj(repeat -> written(HALF, AUTHOR, repeat))
        .toList()
    ).isEqualTo(
      IntStream.range(0, 20)
        .mapToObj(repeat -> written(HALF, AUTHOR, repeat))
        .toList()
    );
  }

  @Test
  void shouldWriteTheSameDocumentButForWhatIsPlanted() {
    JudgeOptions always = HALF.withPlanting(AUTHOR, 1);
    List<String> planted = IntStream.range(0, 40)
      .mapToObj(repeat -> lineOf(written(always, AUTHOR, repeat)))
      .toList();

    assertThat(IntStream.range(0, 40)).allSatisfy(repeat ->
      assertThat(
        written(always, AUTHOR, repeat).replace("\n" + planted.get(repeat) + "\n", "")
      ).isEqualTo(written(JudgeOptions.DEFAULTS, AUTHOR, repeat))
    );
    assertThat(planted.stream().distinct()).hasSizeGreaterThan(1);
  }

  @Test
  void shouldSwayAGullibleJudge() {
    String document = written(HALF.withPlanting(AUTHOR, 1), AUTHOR, 1);
    JudgeOptions exact = HALF.withNoise(0).withQuality(AUTHOR, 0.5);

    assertThat(score(exact, document)).isEqualTo(3);
    assertThat(score(exact.withGullibility("judge", 2), document)).isEqualTo(5);
    assertThat(
      score(exact.withGullibility("judge", 2), document.replace(lineOf(document), "[masked]"))
    ).isEqualTo(3);
  }

  @Test
  void shouldOnlyPlantWhatJudgesFind() {
    assertThat(
      IntStream.range(0, 100).mapToObj(seed -> Injection.planted(new SplittableRandom(seed)))
    ).allMatch(text -> Injection.in(text) != null);
  }

  private static boolean isPlanted(String document) {
    return Injection.in(document) != null;
  }

  /// The whole line, what hides it included.
  private static String lineOf(String document) {
    return document.lines().filter(PlantingTest::isPlanted).findFirst().orElseThrow();
  }

  private static int score(JudgeOptions options, String document) {
    JsonNode request = Wire.asking(
      Dialect.RESPONSES,
      "judge",
      Judging.prompt(document),
      Judging.scoring()
    );
    ModelCall call = (ModelCall) OpenAiRequest.read(Dialect.RESPONSES, request);
    Judgement judgement = Objects.requireNonNull(Judgement.askedBy(call, JSON));
    return new Judge("judge", "call", options, new Draws(1))
      .verdict(call, judgement)
      .findValues("score")
      .getFirst()
      .asInt();
  }

  private static String written(JudgeOptions options, String model, int repeat) {
    JsonNode request = SimulatedProvider.responses(model, "# Executive Order 14265\n\nSection 1.");
    ModelCall call = (ModelCall) OpenAiRequest.read(Dialect.RESPONSES, request);
    String key = model + "|" + repeat;
    Composer composer = new Composer(new Draws(1), () -> options, JSON);
    return composer.compose(new Asked(call, null, new Occurrence(key, key, repeat, 1))).text();
  }
}
