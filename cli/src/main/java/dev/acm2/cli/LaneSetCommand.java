package dev.acm2.cli;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
  name = "set",
  mixinStandardHelpOptions = true,
  description = "Limit a lane while everything runs; what is not given has no limit."
)
final class LaneSetCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @ParentCommand
  private @Nullable LanesCommand lanes;

  @Parameters(paramLabel = "LANE", description = "A provider, or provider:model.")
  private String lane = "";

  @Option(
    names = "--concurrency",
    paramLabel = "N",
    required = true,
    description = "Calls at once, over all runs and workers."
  )
  private int concurrency;

  @Option(
    names = "--requests-per-minute",
    paramLabel = "N",
    description = "Requests in any minute."
  )
  private @Nullable Integer requestsPerMinute;

  @Option(names = "--tokens-per-minute", paramLabel = "N", description = "Tokens in any minute.")
  private @Nullable Integer tokensPerMinute;

  @Option(
    names = "--no-adaptive",
    description = "Keep the concurrency when the provider says that it is too much."
  )
  private boolean fixed;

  @Override
  public Integer call() {
    ServerOptions service = Verb.required(lanes).service();
    LaneLimits limits = new LaneLimits(concurrency, requestsPerMinute, tokensPerMinute, !fixed);
    String answer = service
      .client()
      .put("/lanes/" + Urls.segment(lane), ContractJson.VIEWS.writeValueAsString(limits));
    Verb.out(spec).println(service.json() ? answer : "lane " + lane + ": limits accepted");
    return ExitCode.OK;
  }
}
