package dev.acm2.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "list", mixinStandardHelpOptions = true, description = "The same as presets alone.")
final class PresetListCommand implements Callable<Integer> {

  @ParentCommand
  private @Nullable PresetsCommand presets;

  @Override
  public Integer call() {
    return Verb.required(presets).call();
  }
}
