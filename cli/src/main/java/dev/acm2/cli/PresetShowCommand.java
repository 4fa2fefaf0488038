package dev.acm2.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
  name = "show",
  mixinStandardHelpOptions = true,
  description = "Print a preset as a file that run and presets save take."
)
final class PresetShowCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @ParentCommand
  private @Nullable PresetsCommand presets;

  @Mixin
  private TextOutput output = new TextOutput();

  @Parameters(paramLabel = "NAME")
  private String name = "";

  @Override
  public Integer call() {
    ServerOptions service = Verb.required(presets).service();
    String answer = service.client().get(Preset.path(name));
    output.write(service.json() ? answer + System.lineSeparator() : file(answer), Verb.out(spec));
    return ExitCode.OK;
  }

  private static String file(String answer) {
    Preset preset = GatewayClient.read(answer, Preset.class);
    return "# version %d of %s%n%s".formatted(
      preset.version(),
      Format.line(preset.name()),
      RunFile.yaml(preset.submission())
    );
  }
}
