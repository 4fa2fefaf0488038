package dev.acm2.cli;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunSubmission;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
  name = "save",
  mixinStandardHelpOptions = true,
  description = "Keep a run's file under a name, as a new version where there is one already."
)
final class PresetSaveCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @ParentCommand
  private @Nullable PresetsCommand presets;

  @Parameters(index = "0", paramLabel = "NAME")
  private String name = "";

  @Parameters(
    index = "1",
    paramLabel = "FILE.yaml",
    description = "As for run, but it may be incomplete; documents become a part of the preset."
  )
  private Path file = Path.of("");

  @Option(
    names = "--based-on",
    paramLabel = "N",
    description = "The version that was changed: refused when somebody saved a newer one since " +
      "(default: the latest one)."
  )
  private @Nullable Integer basedOn;

  /// What is asked of the service.
  ///
  /// @param basedOn null when there is none yet
  record Request(@Nullable Integer basedOn, RunSubmission submission) {}

  @Override
  public Integer call() {
    ServerOptions service = Verb.required(presets).service();
    GatewayClient gateway = service.client();
    RunSubmission submission = RunFile.read(file);
    Integer base = basedOn == null ? latest(gateway) : basedOn;
    String body = ContractJson.EVENTS.writeValueAsString(new Request(base, submission));
    String answer = gateway.put(Preset.path(name), body);
    Verb.out(spec).println(service.json() ? answer : saved(answer));
    return ExitCode.OK;
  }

  private @Nullable Integer latest(GatewayClient gateway) {
    return GatewayClient.read(gateway.get(Preset.path()), Preset.Page.class)
      .named(name)
      .map(Preset::version)
      .orElse(null);
  }

  private static String saved(String answer) {
    Preset preset = GatewayClient.read(answer, Preset.class);
    return "preset " + Format.line(preset.name()) + ": version " + preset.version() + " saved";
  }
}
