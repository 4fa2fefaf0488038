package dev.acm2.worker.provider;

import static dev.acm2.worker.ScriptedServer.hang;
import static dev.acm2.worker.ScriptedServer.hangAfter;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.acm2.testkit.Await;
import dev.acm2.worker.FullServer;
import dev.acm2.worker.ScriptedServer;
import dev.acm2.worker.WorkItems;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Where an exchange stands, when the server stops at each point of it.
@Timeout(60)
class HttpExchangeStageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  private final HttpExchanges exchanges = new HttpExchanges();

  @AfterEach
  void stop() {
    exchanges.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldConnectUntilTheServerLetsItIn() {
    try (FullServer full = new FullServer()) {
      Exchange refused = open(full.baseUrl());
      assertThat(refused.await(A_WHILE)).isInstanceOf(ExchangeEnd.TimedOut.class);
      assertThat(refused.stage()).isEqualTo(Stage.CONNECTING);
      Exchange admitted = open(full.baseUrl());
      full.admit();
      Await.until("the connection", PATIENCE, () -> admitted.stage().equals(Stage.FIRST_BYTE));
    }
  }

  @Test
  void shouldConnectUntilTheEndOfTheHandshakeOfTls() throws IOException {
    // given: a server that takes the connection and says nothing
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Exchange exchange = open("https://127.0.0.1:" + mute.getLocalPort());
      try (Socket connection = mute.accept()) {
        assertThat(connection.getInputStream().read()).isNotNegative();
        assertThat(exchange.await(A_WHILE)).isInstanceOf(ExchangeEnd.TimedOut.class);
        assertThat(exchange.stage()).isEqualTo(Stage.CONNECTING);
      }
    }
  }

  @Test
  void shouldWaitForTheFirstByteUntilTheHeadersHaveCome() {
    try (ScriptedServer server = new ScriptedServer(hang())) {
      Exchange exchange = open(server.baseUrl());
      Await.until("the request", PATIENCE, () -> server.requests().size() == 1);
      assertThat(exchange.await(A_WHILE)).isInstanceOf(ExchangeEnd.TimedOut.class);
      assertThat(exchange.stage()).isEqualTo(Stage.FIRST_BYTE);
    }
  }

  @Test
  void shouldCountTheBytesOfTheBodyFromTheHeadersOn() {
    try (ScriptedServer server = new ScriptedServer(hangAfter(""), hangAfter("{\"sta"))) {
      Exchange headersOnly = open(server.baseUrl());
      Await.until("the headers", PATIENCE, () -> headersOnly.stage().equals(new Stage.Body(0)));
      Exchange part = open(server.baseUrl());
      Await.until("a part", PATIENCE, () -> part.stage().equals(new Stage.Body(5)));
    }
  }

  @Test
  void shouldKnowThatAConnectionOfAnEarlierRequestStands() throws IOException {
    // given: a server that answers once, keeps the connection, and then hangs
    CountDownLatch closed = new CountDownLatch(1);
    List<InetSocketAddress> peers = new CopyOnWriteArrayList<>();
    HttpServer server = keepAlive(peers, closed);
    server.setExecutor(Thread::startVirtualThread);
    server.start();
    try {
      String baseUrl = "http://127.0.0.1:" + server.getAddress().getPort();
      // when
      assertThat(open(baseUrl).await(PATIENCE)).isInstanceOf(ExchangeEnd.Complete.class);
      Exchange second = open(baseUrl);
      // then
      Await.until("the connection", PATIENCE, () -> second.stage().equals(Stage.FIRST_BYTE));
      Await.until("the second request", PATIENCE, () -> peers.size() == 2);
      assertThat(peers.get(1)).isEqualTo(peers.get(0));
      assertThat(second.stage()).isEqualTo(Stage.FIRST_BYTE);
    } finally {
      closed.countDown();
      server.stop(0);
    }
  }

  private static HttpServer keepAlive(List<InetSocketAddress> peers, CountDownLatch closed)
    throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    server.createContext("/", request -> {
      byte[] _ = request.getRequestBody().readAllBytes();
      peers.add(request.getRemoteAddress());
      if (peers.size() > 1) {
        awaitUnchecked(closed);
      }
      byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
      request.sendResponseHeaders(200, answer.length);
      request.getResponseBody().write(answer);
      request.close();
    });
    return server;
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Exchange open(String baseUrl) {
    Provider provider = new Provider(
      "openai",
      Protocol.OPENAI_RESPONSES,
      URI.create(baseUrl + "/v1/responses"),
      new Secret("canary-key"),
      true
    );
    byte[] body = provider.body("gpt-5-mini", "Find out.", WorkItems.PLAIN, null);
    ProviderRequest request = provider.request("gpt-5-mini", body, "call-1-1", _ -> {});
    return exchanges.open((Target.Http) provider.target(), request);
  }
}
