package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.providersimulator.VerdictForm.Criterion;
import dev.acm2.providersimulator.VerdictForm.Preference;
import dev.acm2.providersimulator.VerdictForm.Scores;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictFormTest {

  private static final String ENTRY = """
  {"type":"object","properties":{
    "criterion":{"type":"string","enum":["accuracy","style"]},
    "reason":{"type":"string"},
    "score":{"type":"INTEGER","minimum":0,"maximum":10}}}""";

  @Test
  void shouldReadScoresFromAListUnderAnyName() {
    VerdictForm form = VerdictForm.of(
      JSON.readTree(
        """
        {"type":"object","properties":{"marks":{"type":"array","items":%s}}}""".formatted(ENTRY)
      )
    );

    assertThat(form).isInstanceOfSatisfying(Scores.class, scores -> {
      assertThat(scores.property()).isEqualTo("marks");
      assertThat(scores.criteria()).containsExactly(
        new Criterion("accuracy", 0, 10),
        new Criterion("style", 0, 10)
      );
    });
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "{\"items\":{\"anyOf\":[%s,%s]}}",
      "{\"items\":{\"oneOf\":[%s,%s]}}",
      "{\"prefixItems\":[%s,%s],\"items\":false}",
    }
  )
  void shouldReadAScaleOfItsOwnForEachCriterion(String list) {
    String first =
      "{\"properties\":{\"criterion\":{\"const\":\"a\"},\"score\":{\"enum\":[1,2,3]}}}";
    String second =
      "{\"properties\":{\"criterion\":{\"const\":\"b\"},\"score\":{\"enum\":[0,100]}}}";

    VerdictForm form = VerdictForm.of(
      JSON.readTree("{\"properties\":{\"scores\":" + list.formatted(first, second) + "}}")
    );

    assertThat(form).isInstanceOfSatisfying(Scores.class, scores ->
      assertThat(scores.criteria()).containsExactly(
        new Criterion("a", 1, 3),
        new Criterion("b", 0, 100)
      )
    );
  }

  @Test
  void shouldReadAPreference() {
    assertThat(VerdictForm.of(Judging.comparison("A", "B", "TIE"))).isEqualTo(new Preference(true));
    assertThat(VerdictForm.of(Judging.comparison("A", "B"))).isEqualTo(new Preference(false));
    assertThat(VerdictForm.of(Judging.comparison("yes", "no"))).isNull();
  }

  @Test
  void shouldReadASchemaThatThePromptSpellsOut() {
    String prompt = "Braces {like these} mean nothing. Follow " + Judging.scoring() + "! {\"a\":1}";

    assertThat(PromptedForm.in(prompt, JSON)).isEqualTo(VerdictForm.of(Judging.scoring()));
  }

  @Test
  void shouldReadAShapeThatThePromptShows() {
    String prompt = """
    - "accuracy", from 1 to 5: is it "right", from start to end
    - "style \\"and\\" tone" - from -2 to 2
    Answer {"marks":[{"criterion":"<name>","reason":"<why>","score":<whole number>}]}""";

    assertThat(PromptedForm.in(prompt, JSON)).isInstanceOfSatisfying(Scores.class, scores -> {
      assertThat(scores.property()).isEqualTo("marks");
      assertThat(scores.criteria()).containsExactly(
        new Criterion("accuracy", 1, 5),
        new Criterion("style \"and\" tone", -2, 2)
      );
    });
    assertThat(
      PromptedForm.in("{\"reason\":\"...\",\"winner\":\"A\" or \"B\" or \"TIE\"}", JSON)
    ).isEqualTo(new Preference(true));
    assertThat(PromptedForm.in("Who is the winner, and by which criterion?", JSON)).isNull();
  }

  @Test
  void shouldTakeTheScaleOfACriterionFromThePromptWhereItIsNamed() {
    VerdictForm form = PromptedForm.scaled(
      new Scores(
        "scores",
        JSON.createObjectNode(),
        List.of(new Criterion("a", 0, 10), new Criterion("b", 0, 10))
      ),
      "- \"b\", from 1 to 3: how it is"
    );

    assertThat(form).isInstanceOfSatisfying(Scores.class, scores ->
      assertThat(scores.criteria()).containsExactly(
        new Criterion("a", 0, 10),
        new Criterion("b", 1, 3)
      )
    );
  }
}
