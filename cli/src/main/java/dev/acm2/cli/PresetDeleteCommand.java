package dev.acm2.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
  name = "delete",
  mixinStandardHelpOptions = true,
  description = "Give up a preset with all of its versions."
)
final class PresetDeleteCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @ParentCommand
  private @Nullable PresetsCommand presets;

  @Parameters(paramLabel = "NAME")
  private String name = "";

  @Override
  public Integer call() {
    ServerOptions service = Verb.required(presets).service();
    String answer = service.client().delete(Preset.path(name));
    Verb.out(spec).println(service.json() ? answer : "preset " + Format.line(name) + ": deleted");
    return ExitCode.OK;
  }
}
