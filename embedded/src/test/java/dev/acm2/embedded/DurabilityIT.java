package dev.acm2.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is there after a restart on the same folder.
class DurabilityIT {

  private static final TopicPartition FACTS = new TopicPartition("facts", 0);

  private @TempDir Path folder;

  @Test
  void shouldKeepRecordsOverARestartOfTheBroker() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      try (Admin admin = Admin.create(client(kafka))) {
        admin
          .createTopics(List.of(new NewTopic("facts", 1, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
      }
      try (
        KafkaProducer<String, String> producer = new KafkaProducer<>(
          client(kafka),
          new StringSerializer(),
          new StringSerializer()
        )
      ) {
        producer.send(new ProducerRecord<>("facts", "key", "kept")).get(10, TimeUnit.SECONDS);
      }
    }

    try (
      EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
      KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
        client(kafka),
        new StringDeserializer(),
        new StringDeserializer()
      )
    ) {
      consumer.assign(List.of(FACTS));
      consumer.seekToBeginning(List.of(FACTS));
      assertThat(consumer.poll(Duration.ofSeconds(20)))
        .extracting(received -> received.value())
        .containsExactly("kept");
    }
  }

  @Test
  void shouldKeepRowsOverARestartOfTheDatabase() throws Exception {
    try (
      EmbeddedPostgreSql postgres = EmbeddedPostgreSql.start(folder.resolve("postgres"));
      Connection connection = postgres.dataSource().getConnection();
      Statement statement = connection.createStatement()
    ) {
      statement.execute("CREATE TABLE facts (fact text)");
      statement.execute("INSERT INTO facts VALUES ('kept')");
    }

    try (
      EmbeddedPostgreSql postgres = EmbeddedPostgreSql.start(folder.resolve("postgres"));
      Connection connection = postgres.dataSource().getConnection();
      Statement statement = connection.createStatement()
    ) {
      assertThat(value(statement, "SELECT fact FROM facts")).isEqualTo("kept");
      assertThat(value(statement, "SHOW fsync")).isEqualTo("on");
      assertThat(value(statement, "SHOW synchronous_commit")).isEqualTo("on");
    }
  }

  private static String value(Statement statement, String query) throws Exception {
    try (ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static Map<String, Object> client(EmbeddedKafka kafka) {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }
}
