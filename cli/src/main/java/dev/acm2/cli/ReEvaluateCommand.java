package dev.acm2.cli;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSubmission;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
  name = "re-evaluate",
  mixinStandardHelpOptions = true,
  description = "Judge the documents of a finished run once more, in a new run that generates nothing."
)
final class ReEvaluateCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(index = "0", paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Parameters(
    index = "1",
    arity = "0..1",
    paramLabel = "FILE.yaml",
    description = "Holds evaluation, combine, limits, name and maskSuspicions as far as wanted; " +
      "without evaluation and combine they are those of the run."
  )
  private @Nullable Path file;

  @Option(
    names = "--mask",
    description = "Mask the passages that speak to the judge, so that no judge reads them."
  )
  private boolean mask;

  @Option(names = "--watch", description = "Show it until it is finished, as watch does.")
  private boolean watch;

  @Option(
    names = "--idempotency-key",
    paramLabel = "K",
    description = "The same key gives the same run, however often it is sent."
  )
  private @Nullable String idempotencyKey;

  /// What is asked of the service; what is null is left out.
  record Request(
    @Nullable String name,
    RunSubmission.@Nullable Evaluation evaluation,
    RunSubmission.@Nullable Combine combine,
    RunSubmission.@Nullable Limits limits,
    @Nullable Boolean maskSuspicions
  ) {
    static final Request EMPTY = new Request(null, null, null, null, null);

    Request masked() {
      return new Request(name, evaluation, combine, limits, true);
    }
  }

  @Override
  public Integer call() {
    RunId id = Verb.required(runId);
    Request given = file == null ? Request.EMPTY : RunFile.read(file, Request.class);
    String body = ContractJson.EVENTS.writeValueAsString(mask ? given.masked() : given);
    return new Submitting(service, service.client(), Verb.out(spec), watch).submit(
      "/runs/" + id + "/re-evaluate",
      body,
      idempotencyKey
    );
  }
}
