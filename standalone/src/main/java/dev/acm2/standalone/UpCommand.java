package dev.acm2.standalone;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
  name = "up",
  mixinStandardHelpOptions = true,
  description = "Start everything and stay until Ctrl-C."
)
final class UpCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private UpOptions up = new UpOptions();

  @Override
  public Integer call() {
    return Foreground.of(spec, up.options()).stay(up.exit());
  }
}
