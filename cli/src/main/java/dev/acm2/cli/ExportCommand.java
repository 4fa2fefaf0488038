package dev.acm2.cli;

import dev.acm2.contract.RunId;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
  name = "export",
  mixinStandardHelpOptions = true,
  description = "Print every score or every vote of a run, with its reason."
)
final class ExportCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Mixin
  private TextOutput output = new TextOutput();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Option(names = "--what", required = true, description = "One of ${COMPLETION-CANDIDATES}.")
  private @Nullable What what;

  @Option(
    names = "--format",
    description = "One of ${COMPLETION-CANDIDATES} (default: csv, with --json: json)."
  )
  private @Nullable RowFormat format;

  /// Rows that can be exported.
  enum What {
    SCORES,
    VOTES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How rows are written.
  enum RowFormat {
    CSV,
    JSON,
    JSONL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    String path = "/runs/%s/export?what=%s&format=%s".formatted(
      Verb.required(runId),
      Verb.required(what),
      asked()
    );
    output.write(service.client().text(path), Verb.out(spec));
    return ExitCode.OK;
  }

  private RowFormat asked() {
    if (service.json() && format == RowFormat.CSV) {
      throw new ParameterException(
        Verb.required(spec).commandLine(),
        "--json and --format csv exclude each other"
      );
    }
    return format != null ? format : service.json() ? RowFormat.JSON : RowFormat.CSV;
  }
}
