package dev.acm2.eventlog;

import dev.acm2.contract.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes sure that the topics exist before a service uses them.
public final class TopicAdmin {

  private static final int TIMEOUT_SECONDS = 60;

  private TopicAdmin() {}

  /// Creates the topics that are missing; safe when several services do it at once.
  ///
  /// @param replication copies of each partition
  /// @throws IllegalStateException when the log cannot be reached within 60 s
  public static void ensureTopics(KafkaSettings settings, short replication) {
    try (
      Admin admin = Admin.create(
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers())
      )
    ) {
      Set<String> present = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      for (Topics topic : Topics.all()) {
        if (!present.contains(topic.topic())) {
          create(admin, topic, replication);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot create topics at " + settings.bootstrapServers(), e);
    }
  }

  private static void create(Admin admin, Topics topic, short replication)
    throws InterruptedException, ExecutionException, TimeoutException {
    NewTopic wanted = new NewTopic(topic.topic(), topic.partitions(), replication).configs(
      topic.config()
    );
    try {
      admin.createTopics(List.of(wanted)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
