package dev.acm2.providersimulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawConnectionTest {

  private static final String HEAD =
    "POST /v1/responses HTTP/1.1\r\nHost: x\r\n" +
    "Authorization: Bearer k\r\nConnection: close\r\n";
  private static final String BODY = "{\"model\":\"m\",\"input\":\"Hello\"}";

  private final SimulatedProvider provider = new SimulatedProvider(SimulatedProvider.immediate());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void shouldReadChunkedBodies() throws IOException {
    String answer = exchange(
      HEAD +
        "Transfer-Encoding: chunked\r\n\r\n" +
        "5;x=y\r\n" +
        BODY.substring(0, 5) +
        "\r\n" +
        Integer.toHexString(BODY.length() - 5) +
        "\r\n" +
        BODY.substring(5) +
        "\r\n" +
        "0\r\nTrailer: t\r\n\r\n"
    );

    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("\"output_text\"");
  }

  @Test
  void shouldInviteTheBodyWhenItIsExpectedTo() throws IOException {
    String answer = exchange(
      HEAD + "Expect: 100-continue\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY
    );

    assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
  }

  @Test
  void shouldAnswerPipelinedRequestsInOrder() throws IOException {
    String first = "GET /__health HTTP/1.1\r\nHost: x\r\n\r\n";

    String answer = exchange(first + HEAD + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);

    assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("{\"status\":\"UP\"}HTTP/1.1 200 OK");
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "nonsense\r\n\r\n",
      "GET / HTTP/1.1\r\nno colon\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "GET /__ledger?since=%zz HTTP/1.1\r\n\r\n",
    }
  )
  void shouldRefuseWhatIsNoRequest(String bytes) throws IOException {
    assertThat(exchange(bytes)).startsWith("HTTP/1.1 400 Client Error\r\n").contains("\"error\"");
    assertThat(provider.simulator.ledger().count()).isZero();
  }

  @Test
  void shouldNotRecordARequestThatNeverArrivedWhole() throws IOException {
    try (Socket socket = open()) {
      write(socket, HEAD + "Content-Length: 1000\r\n\r\n" + BODY);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }

    assertThat(provider.simulator.ledger().count()).isZero();
  }

  @Test
  void shouldHoldNoPlatformThreadForAHangingExchange() throws IOException {
    provider.simulator.always("m", Fault.HANG_BEFORE_HEADERS);
    int before = ManagementFactory.getThreadMXBean().getThreadCount();
    List<Socket> clients = new ArrayList<>();

    for (int i = 0; i < 300; i++) {
      Socket client = open();
      clients.add(client);
      write(client, HEAD + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);
    }
    SimulatedProvider.await(() -> provider.simulator.ledger().inFlight() == 300);

    assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 30);
    for (Socket client : clients) {
      client.close();
    }
    SimulatedProvider.await(() -> provider.simulator.ledger().inFlight() == 0);
  }

  @Test
  void shouldCorrectTheLedgerWhenTheClientLeavesInTheMiddleOfTheAnswer() throws IOException {
    provider.simulator.always("m", Behaviour.answer("x".repeat(20 << 20)));

    try (Socket client = open()) {
      write(client, HEAD + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);
      assertThat(client.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
    }

    SimulatedProvider.await(() -> provider.lastEntry().clientGone());
    assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.CLIENT_GONE);
    assertThat(provider.lastEntry().status()).isEqualTo(200);
  }

  private Socket open() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), provider.simulator.port());
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = open()) {
      write(socket, request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }
}
