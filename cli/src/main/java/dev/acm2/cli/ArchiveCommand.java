package dev.acm2.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
  name = "archive",
  mixinStandardHelpOptions = true,
  description = "Put runs away: lists leave them out, nothing else changes."
)
final class ArchiveCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Mixin
  private ManyRuns runs = new ManyRuns();

  @Override
  public Integer call() {
    return runs.ask("archive", service, Verb.out(spec));
  }
}
