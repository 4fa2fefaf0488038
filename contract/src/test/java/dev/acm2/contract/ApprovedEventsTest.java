package dev.acm2.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.EventCodec.Encoded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// The JSON of every event type as it once was approved. A file here is decoded for ever.
class ApprovedEventsTest {

  private static final String FOLDER = "approved/v1/";
  private static final JsonMapper PRETTY = ContractJson.EVENTS.rebuild()
    .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
    .build();

  @ParameterizedTest
  @EnumSource(EventType.class)
  void shouldWriteTheApprovedJson(EventType type) throws IOException {
    String written = PRETTY.writeValueAsString(SampleEvents.of(type)) + "\n";

    assertThat(written).isEqualToNormalizingNewlines(approved(type));
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void shouldReadTheApprovedJson(EventType type) throws IOException {
    // given
    RecordedEvent recorded = new RecordedEvent(
      RunId.parse("01890a5d-ac96-774b-bcce-b302099a8057"),
      new RandomEvents(1).next(type).meta(),
      SampleEvents.of(type)
    );
    Encoded encoded = EventCodec.encode(recorded);
    // when
    Decoded decoded = EventCodec.decode(
      encoded.key(),
      approved(type).getBytes(StandardCharsets.UTF_8),
      encoded.headers()
    );
    // then
    assertThat(decoded).isEqualTo(new Decoded.Known(recorded));
  }

  /// Writes the files of types that have none yet: `-Dacm2.approve=true`. It never overwrites one.
  @Test
  void shouldWriteMissingFilesOnDemand() throws IOException {
    Assumptions.assumeTrue(Boolean.getBoolean("acm2.approve"), "only on demand");
    Path folder = Path.of("src/test/resources/dev/acm2/contract", FOLDER);
    Files.createDirectories(folder);
    for (EventType type : EventType.values()) {
      Path file = folder.resolve(type.wireName() + ".json");
      if (!Files.exists(file)) {
        Files.writeString(file, PRETTY.writeValueAsString(SampleEvents.of(type)) + "\n");
      }
    }
  }

  private static String approved(EventType type) throws IOException {
    String name = FOLDER + type.wireName() + ".json";
    try (InputStream file = ApprovedEventsTest.class.getResourceAsStream(name)) {
      assertThat(file).as("an approved file for %s", type.wireName()).isNotNull();
      return new String(
        java.util.Objects.requireNonNull(file).readAllBytes(),
        StandardCharsets.UTF_8
      );
    }
  }
}
