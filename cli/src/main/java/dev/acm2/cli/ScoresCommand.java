package dev.acm2.cli;

import dev.acm2.cli.Sources.Source;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
  name = "scores",
  mixinStandardHelpOptions = true,
  description = "Show the winner and the ranking of the documents of each source."
)
final class ScoresCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Option(names = "--source", paramLabel = "NAME", description = "Only this source document.")
  private @Nullable String source;

  @Override
  public Integer call() {
    String answer = service.client().get("/runs/" + Verb.required(runId) + "/sources");
    Sources all = GatewayClient.read(answer, Sources.class);
    List<Source> asked = asked(all.items());
    if (service.json()) {
      Verb.out(spec).println(source == null ? answer : only(source, answer));
    } else {
      print(new Sources(all.asOf(), asked), Verb.out(spec));
    }
    return ExitCode.OK;
  }

  private List<Source> asked(List<Source> all) {
    if (source == null) {
      return all;
    }
    List<Source> named = all
      .stream()
      .filter(each -> each.document().equals(source))
      .toList();
    if (named.isEmpty()) {
      String names = all.stream().map(Source::document).collect(Collectors.joining(", "));
      throw new CliFailure(
        ExitCode.DATA,
        "the run has no source " + source + "; its sources: " + names
      );
    }
    return named;
  }

  /// The answer without the other sources.
  private static String only(String source, String answer) {
    ObjectNode sources = (ObjectNode) ContractJson.VIEWS.readTree(answer);
    ArrayNode kept = ContractJson.VIEWS.createArrayNode();
    sources.path("items").forEach(item -> {
      if (item.path("document").asString("").equals(source)) {
        kept.add(item);
      }
    });
    return sources.set("items", kept).toString();
  }

  private static void print(Sources sources, PrintWriter out) {
    out.println("as of event " + sources.asOf().offset());
    sources.items().forEach(each -> {
      out.println();
      ScoreReport.of(each).forEach(out::println);
    });
  }
}
