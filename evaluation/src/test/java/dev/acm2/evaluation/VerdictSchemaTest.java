package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VerdictSchemaTest {

  private static final Set<String> PORTABLE = Set.of(
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "description"
  );

  @Test
  void shouldDescribeTheScores() {
    // when
    JsonNode schema = VerdictSchema.scoring(Samples.RUBRIC);
    // then
    assertThat(schema).isEqualTo(
      ContractJson.INPUT.readTree(
        """
        {"type":"object","properties":{
          "evaluations":{"type":"array","description":"Exactly one entry for each of the 3 criteria",
            "items":{"type":"object","properties":{
              "criterion":{"type":"string","description":"Name of the criterion, as it is given",
                "enum":["Accuracy","Clarity","Style \\"x\\""]},
              "reason":{"type":"string","description":"Why this score, in one or two sentences"},
              "score":{"type":"integer","description":"A whole number on the scale of the criterion",
                "enum":[1,2,3,4,5]}},
            "required":["criterion","reason","score"],"additionalProperties":false}}},
         "required":["evaluations"],"additionalProperties":false}
        """
      )
    );
  }

  @Test
  void shouldOfferATieOnlyWhereItIsAllowed() {
    assertThat(winners(false)).isEqualTo("[\"A\",\"B\"]");
    assertThat(winners(true)).isEqualTo("[\"A\",\"B\",\"TIE\"]");
  }

  @Test
  void shouldCoverScalesThatDifferAndLeaveWideOnesOpen() {
    assertThat(scale(0, 2, 2, 4)).isEqualTo("[0,1,2,3,4]");
    assertThat(scale(0, 100, 0, 100))
      .startsWith("[0,1,")
      .endsWith(",99,100]");
    assertThat(scale(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 1)).isEmpty();
  }

  @Test
  void shouldUseOnlyWhatEveryProviderUnderstandsInStrictMode() {
    assertStrict(VerdictSchema.scoring(Samples.RUBRIC));
    assertStrict(VerdictSchema.comparison(true));
  }

  private static void assertStrict(JsonNode schema) {
    assertThat(schema.propertyNames()).isSubsetOf(PORTABLE);
    if (schema.path("type").asString().equals("object")) {
      assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
      assertThat(schema.path("additionalProperties").asBoolean()).isFalse();
      assertThat(
        schema.path("required").valueStream().map(JsonNode::asString)
      ).containsExactlyElementsOf(schema.path("properties").propertyNames());
      schema.path("properties").valueStream().forEach(VerdictSchemaTest::assertStrict);
    }
    if (schema.has("items")) {
      assertStrict(schema.path("items"));
    }
  }

  private static String winners(boolean ties) {
    return VerdictSchema.comparison(ties).at("/properties/winner/enum").toString();
  }

  private static String scale(int min, int max, int otherMin, int otherMax) {
    Rubric rubric = new Rubric(
      "r",
      1,
      List.of(
        new Criterion("a", "", BigDecimal.ONE, min, max),
        new Criterion("b", "", BigDecimal.ONE, otherMin, otherMax)
      )
    );
    return VerdictSchema.scoring(rubric)
      .at("/properties/evaluations/items/properties/score/enum")
      .toString();
  }
}
