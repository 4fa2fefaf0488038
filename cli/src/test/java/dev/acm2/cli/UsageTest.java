package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class UsageTest {

  @Test
  void shouldExitWith64ForWrongUsage() {
    assertThat(FakeGateway.acm2("shw").exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2().exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2("show").exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2("show", "not-an-id").err()).contains("'not-an-id' is not a run id");
    assertThat(FakeGateway.acm2("runs", "--sever", "x").exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2("runs", "--server", "localhost:8080").exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2("--help").exitCode()).isZero();
  }

  @Test
  void shouldExitWith69WhenNobodyAnswers() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    Outcome outcome = FakeGateway.acm2("runs", "--server", "http://127.0.0.1:" + closed);

    assertThat(outcome).isEqualTo(
      new Outcome(
        69,
        "",
        "acm2: http://127.0.0.1:%d does not answer: nothing accepts connections there%n".formatted(
          closed
        )
      )
    );
  }
}
