package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final byte[] TEXT = "some text".getBytes(StandardCharsets.UTF_8);

  @Test
  void shouldHandOverAllOfABody() throws IOException {
    byte[] large = "0123456789".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    try (Download download = new Download(new ByteArrayInputStream(large), LONG)) {
      download.to((block, length) -> out.write(block, 0, length));
    }

    assertThat(out.toByteArray()).isEqualTo(large);
  }

  @Test
  void shouldLeaveAFileAsItIsWhenTheAnswerIsCutOff(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("calls.csv"), "of yesterday");

    try (Download download = new Download(cutOff(), LONG)) {
      CliFailure failure = catchThrowableOfType(CliFailure.class, () ->
        FileOutput.write(file, out -> download.to((block, length) -> out.write(block, 0, length)))
      );

      assertThat(failure.exitCode()).isEqualTo(69);
      assertThat(failure).hasMessageContaining("cut off before it was whole: reset");
    }
    assertThat(file).hasContent("of yesterday");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void shouldGiveUpASenderThatFallsSilent() throws IOException {
    try (Download download = new Download(new Silent(), Duration.ofMillis(50))) {
      CliFailure failure = catchThrowableOfType(CliFailure.class, () -> download.to((_, _) -> {}));

      assertThat(failure.exitCode()).isEqualTo(69);
      assertThat(failure).hasMessageContaining("has said nothing");
    }
  }

  @Test
  void shouldNotBlameTheSenderWhenTheTakerIsSlow() throws IOException {
    Executor later = CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Download download = new Download(new ByteArrayInputStream(TEXT), Duration.ofMillis(100))) {
      download.to((block, length) ->
        CompletableFuture.runAsync(() -> out.write(block, 0, length), later).join()
      );
    }

    assertThat(out.toByteArray()).isEqualTo(TEXT);
  }

  @Test
  void shouldSayThatTheTakerRefuses() throws IOException {
    try (Download download = new Download(new ByteArrayInputStream(TEXT), LONG)) {
      IOException refused = catchThrowableOfType(IOException.class, () ->
        download.to((_, _) -> {
          throw new IOException("disk full");
        })
      );

      assertThat(refused).hasMessage("disk full");
    }
  }

  @Test
  void shouldPutCharactersTogetherThatBlocksCutThrough() {
    byte[] bytes = "aü€\uD835\uDC00z".getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      Utf8 text = new Utf8();
      StringBuilder all = new StringBuilder();
      for (int from = 0; from < bytes.length; from += size) {
        byte[] block = Arrays.copyOfRange(bytes, from, from + size);
        all.append(text.next(block, Math.min(size, bytes.length - from)));
      }
      assertThat(all).hasToString("aü€\uD835\uDC00z");
    }
  }

  private static InputStream cutOff() {
    return new SequenceInputStream(
      new ByteArrayInputStream(TEXT),
      new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("reset");
        }
      }
    );
  }

  /// Says nothing until it is closed.
  private static final class Silent extends InputStream {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      throw new IOException("closed");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
