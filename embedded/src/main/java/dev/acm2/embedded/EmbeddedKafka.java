package dev.acm2.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Kafka broker that is its own controller, in this JVM. What it acknowledged survives the death of
/// the process; with a single copy it does not survive the loss of the disk.
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final String HOST = "127.0.0.1";
  private static final int NODE_ID = 1;

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /// Starts a broker on free ports, with what the folder already holds.
  public static EmbeddedKafka start(Path dataDirectory) {
    return start(dataDirectory, freePort());
  }

  /// @param port for clients; the controller takes a free one
  public static EmbeddedKafka start(Path dataDirectory, int port) {
    int controllerPort = freePort();
    format(dataDirectory, controllerPort);
    KafkaRaftServer server = new KafkaRaftServer(
      KafkaConfig.fromProps(properties(dataDirectory, port, controllerPort)),
      Time.SYSTEM
    );
    server.startup();
    LOG.info("Kafka is ready on port {}", port);
    return new EmbeddedKafka(server, HOST + ":" + port);
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path directory, int controllerPort) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(directory);
      Formatter formatter = new Formatter();
      formatter
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE_ID)
        .setControllerListenerName("CONTROLLER")
        .setIgnoreFormatted(true)
        .setUnstableFeatureVersionsEnabled(false)
        .setPrintStream(
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
        )
        .addDirectory(directory.toString())
        .setMetadataLogDirectory(directory.toString());
      formatter.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(
        "cannot format " + directory + " for controller port " + controllerPort,
        e
      );
    }
  }

  private static Properties properties(Path directory, int port, int controllerPort) {
    Properties config = new Properties();
    config.setProperty("process.roles", "broker,controller");
    config.setProperty("node.id", Integer.toString(NODE_ID));
    config.setProperty("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
    config.setProperty(
      "listeners",
      "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort
    );
    config.setProperty("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    config.setProperty("controller.listener.names", "CONTROLLER");
    config.setProperty("inter.broker.listener.name", "PLAINTEXT");
    config.setProperty(
      "listener.security.protocol.map",
      "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"
    );
    config.setProperty("log.dirs", directory.toString());
    for (String topic : List.of(
      "offsets.topic",
      "transaction.state.log",
      "share.coordinator.state.topic"
    )) {
      config.setProperty(topic + ".replication.factor", "1");
    }
    config.setProperty("transaction.state.log.min.isr", "1");
    config.setProperty("share.coordinator.state.topic.min.isr", "1");
    config.setProperty("offsets.topic.num.partitions", "4");
    config.setProperty("transaction.state.log.num.partitions", "4");
    config.setProperty("group.initial.rebalance.delay.ms", "0");
    config.setProperty("auto.create.topics.enable", "false");
    config.setProperty("log.cleaner.dedupe.buffer.size", "16777216");
    // A broker that was killed must not wait 9 s until its old session ends.
    config.setProperty("broker.session.timeout.ms", "3000");
    config.setProperty("broker.heartbeat.interval.ms", "500");
    // Events are kept for ever, and the segments of quiet partitions should stay small.
    config.setProperty("log.segment.bytes", "67108864");
    // A dead transaction is looked for each second, so that it holds back readers no longer than due.
    config.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    return config;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
