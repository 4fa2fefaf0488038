package dev.acm2.cli;

import dev.acm2.contract.BuildId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
  name = "version",
  mixinStandardHelpOptions = true,
  description = "Show the builds of this command and of the services, and where they differ."
)
final class VersionCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  /// What the gateway knows of the services.
  record Versions(String buildId, int generation, List<Instance> services) {}

  record Instance(String service, String instance, String buildId, String lastSeenAt) {}

  @Override
  public Integer call() {
    String own = BuildId.of(Acm2.class);
    if (!service.json()) {
      Verb.out(spec).println("acm2 " + own);
    }
    String answer = service.client().get("/version");
    if (service.json()) {
      Verb.out(spec).println(answer);
    } else {
      table(GatewayClient.read(answer, Versions.class), own).forEach(Verb.out(spec)::println);
    }
    return ExitCode.OK;
  }

  static List<String> table(Versions versions, String own) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SERVICE", "BUILD", "INSTANCE", "LAST SEEN", ""));
    rows.add(List.of("gateway", versions.buildId(), "-", "-", mark(versions.buildId(), own)));
    versions
      .services()
      .forEach(each ->
        rows.add(
          List.of(
            each.service(),
            each.buildId(),
            each.instance(),
            each.lastSeenAt(),
            mark(each.buildId(), own)
          )
        )
      );
    return Format.table(rows);
  }

  private static String mark(String build, String own) {
    return build.equals(own) ? "" : "differs from this command";
  }
}
