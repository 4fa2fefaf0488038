package dev.acm2.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.cli.CliFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir
  private Path folder = Path.of("");

  @Test
  void shouldBeHeldByOneStartAtATime() {
    Path root = folder.resolve("new/data");
    try (DataDirectory first = DataDirectory.open(root)) {
      assertThat(first.root()).isDirectory();
      assertThatThrownBy(() -> DataDirectory.open(root))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("in use by another ACM2")
        .extracting("exitCode")
        .isEqualTo(69);
    }

    try (DataDirectory again = DataDirectory.open(root)) {
      assertThat(again.root()).isEqualTo(root);
    }
  }

  @Test
  void shouldSayWhenTheFolderCannotBeUsed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> DataDirectory.open(file))
      .extracting("exitCode")
      .isEqualTo(69);
  }

  @Test
  void shouldRefuseAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> Ports.orFree(port))
        .hasMessage("port " + port + " is taken; choose another with --port")
        .extracting("exitCode")
        .isEqualTo(69);
    }
  }

  @Test
  void shouldReadThePidOfAPostmasterAndNothingElse() {
    assertThat(StalePostmaster.pid(List.of(" 4711 ", "/data"))).contains(4711L);
    assertThat(StalePostmaster.pid(List.of())).isEmpty();
    assertThat(StalePostmaster.pid(List.of("-1"))).isEmpty();
    assertThat(StalePostmaster.pid(List.of("x"))).isEmpty();
  }

  @Test
  void shouldNotTouchAProcessThatOnlyHasTheSamePid() throws IOException {
    Files.writeString(
      folder.resolve("postmaster.pid"),
      ProcessHandle.current().pid() + "\n/data\n"
    );

    StalePostmaster.stop(folder);

    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }
}
