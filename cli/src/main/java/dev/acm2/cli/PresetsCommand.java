package dev.acm2.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
  name = "presets",
  mixinStandardHelpOptions = true,
  description = "List the kept submissions; show, save or delete one.",
  subcommands = {
    PresetListCommand.class,
    PresetShowCommand.class,
    PresetSaveCommand.class,
    PresetDeleteCommand.class,
  }
)
final class PresetsCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  ServerOptions service() {
    return service;
  }

  @Override
  public Integer call() {
    String answer = service.client().get(Preset.path());
    if (service.json()) {
      Verb.out(spec).println(answer);
    } else {
      List<Preset> all = GatewayClient.read(answer, Preset.Page.class).items();
      table(all, ZoneId.systemDefault()).forEach(Verb.out(spec)::println);
    }
    return ExitCode.OK;
  }

  private static List<String> table(List<Preset> presets, ZoneId zone) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("VERSION", "SAVED", "NAME"));
    presets.forEach(preset ->
      rows.add(
        List.of(
          Integer.toString(preset.version()),
          Format.time(preset.savedAt(), zone),
          Format.line(preset.name())
        )
      )
    );
    return Format.table(rows);
  }
}
