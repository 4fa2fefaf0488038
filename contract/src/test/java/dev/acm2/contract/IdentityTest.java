package dev.acm2.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

  private static final RunId RUN = RunId.of(Instant.parse("2026-01-01T00:00:00Z"), 1, 2);
  private static final ModelId MODEL = ModelId.parse("openai:gpt-5.1");

  @Test
  void shouldMakeVersion7IdsThatSortByTime() {
    RunId earlier = RunId.of(Instant.ofEpochMilli(1_000), -1, -1);
    RunId later = RunId.of(Instant.ofEpochMilli(1_001), 0, 0);

    assertThat(earlier.value().version()).isEqualTo(7);
    assertThat(earlier.value().variant()).isEqualTo(2);
    assertThat(earlier).isLessThan(later);
  }

  @ParameterizedTest
  @ValueSource(
    strings = { "", "1", "1-1-1-1-1", "01890A5D-AC96-774B-BCCE-B302099A8057", "../../etc" }
  )
  void shouldRefuseWhatIsNoRunId(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> RunId.parse(text));
  }

  @Test
  void shouldGiveTheSamePlaceTheSameCallId() {
    CallPlace place = CallPlace.generation("a.md", MODEL, 1);

    assertThat(CallId.of(RUN, place)).isEqualTo(
      CallId.of(RUN, CallPlace.generation("a.md", MODEL, 1))
    );
  }

  @Test
  void shouldGiveEveryPlaceAnotherCallId() {
    Set<CallId> ids = new HashSet<>();
    int places = 0;
    for (Phase phase : Phase.values()) {
      for (String document : new String[] { "a", "ab", "abc", "1", "11" }) {
        for (String model : new String[] { "b:c", "bc:d", "c:1" }) {
          for (int iteration = 1; iteration < 12; iteration++) {
            ids.add(
              CallId.of(RUN, new CallPlace(phase, document, ModelId.parse(model), iteration, null))
            );
            ids.add(
              CallId.of(RUN, new CallPlace(phase, document, ModelId.parse(model), iteration, "s"))
            );
            places += 2;
          }
        }
      }
    }
    assertThat(ids).hasSize(places);
  }

  @Test
  void shouldGiveAnotherRunOtherCallIds() {
    CallPlace place = CallPlace.generation("a.md", MODEL, 1);
    RunId other = RunId.of(Instant.parse("2026-01-01T00:00:00Z"), 1, 3);

    assertThat(CallId.of(RUN, place)).isNotEqualTo(CallId.of(other, place));
  }

  @Test
  void shouldSplitAModelIdAtItsFirstColonOnly() {
    ModelId id = ModelId.parse("openrouter:meta/llama-3:free");

    assertThat(id).isEqualTo(new ModelId("openrouter", "meta/llama-3:free"));
    assertThat(id).hasToString("openrouter:meta/llama-3:free");
  }

  @Test
  void shouldRoundMoneyUpNeverDown() {
    assertThat(Usd.of(new BigDecimal("0.0000000001"))).isEqualTo(new Usd(1));
    assertThat(Usd.of("5.00")).hasToString("5");
    assertThat(Usd.of("0.10").plus(Usd.of("0.20"))).isEqualTo(Usd.of("0.3"));
  }

  @Test
  void shouldPriceTokensFromTheCatalogue() {
    ModelCatalogue.Model model = ModelCatalogue.bundled().find(MODEL).orElseThrow();

    assertThat(model.cost(new Usage(1_000_000, 100_000, 0, 400_000))).isEqualTo(Usd.of("1.8"));
  }

  @Test
  void shouldKnowEveryModelOfALocalServer() {
    ModelCatalogue catalogue = ModelCatalogue.bundled();

    assertThat(catalogue.find(ModelId.parse("openai-compatible:llama-3.3-70b"))).isPresent();
    assertThat(catalogue.find(ModelId.parse("openai:no-such-model"))).isEmpty();
  }
}
