package dev.acm2.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
  name = "unarchive",
  mixinStandardHelpOptions = true,
  description = "Bring runs back into the lists."
)
final class UnarchiveCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Mixin
  private ManyRuns runs = new ManyRuns();

  @Override
  public Integer call() {
    return runs.ask("unarchive", service, Verb.out(spec));
  }
}
