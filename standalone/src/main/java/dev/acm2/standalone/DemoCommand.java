package dev.acm2.standalone;

import dev.acm2.cli.Acm2;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
  name = "demo",
  mixinStandardHelpOptions = true,
  description = "Start everything, run a sample to its end, and stay until Ctrl-C."
)
final class DemoCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private UpOptions up = new UpOptions();

  @Option(
    names = "--sample",
    paramLabel = "FILE.yaml",
    description = "The run (default: the one that comes with ACM2)."
  )
  private @Nullable Path sample;

  @Override
  public Integer call() {
    Foreground foreground = Foreground.of(spec, up.options());
    int exit = Acm2.execute(
      foreground.out(),
      foreground.err(),
      "run",
      "--watch",
      "--server",
      foreground.gatewayUrl(),
      file().toString()
    );
    foreground.say(exit == 0 ? "the sample run completed" : "the sample run did not complete");
    int end = foreground.stay(up.exit());
    return exit == 0 ? end : exit;
  }

  private Path file() {
    return sample != null
      ? sample
      : Path.of(System.getProperty("acm2.home", "."), "samples", "three-orders.yaml");
  }
}
