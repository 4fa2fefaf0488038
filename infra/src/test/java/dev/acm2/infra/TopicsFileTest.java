package dev.acm2.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TopicsFileTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void shouldListEveryTopicAsTheContractHasIt() throws IOException {
    Map<String, Object> expected = new TreeMap<>();
    for (Topics topic : Topics.all()) {
      expected.put(
        topic.topic(),
        Map.of("partitions", topic.partitions(), "config", new TreeMap<>(topic.config()))
      );
    }

    JsonNode written = JSON.readTree(Files.readString(Path.of("topics/topics.json")));
    assertThat(written).isEqualTo(JSON.readTree(JSON.writeValueAsString(expected)));
  }

  @Test
  void shouldNameOnlyTopicsThatExistInThePermissions() throws IOException {
    JsonNode permissions = JSON.readTree(Files.readString(Path.of("topics/acls.json")));

    var known = Topics.all().stream().map(Topics::topic).toList();
    for (Map.Entry<String, JsonNode> service : permissions.properties()) {
      for (String access : new String[] { "read", "write" }) {
        service
          .getValue()
          .get(access)
          .forEach(topic -> assertThat(known).contains(topic.asString()));
      }
    }
  }
}
