package dev.acm2.cli;

import dev.acm2.contract.RunId;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
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
  description = "Save a run: its calls, its events, its documents, every score or every vote."
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
    description = "One of ${COMPLETION-CANDIDATES}. calls: csv (default) or json; events: jsonl;" +
      " documents: zip; scores and votes: csv (default), json or jsonl. --json is --format json."
  )
  private @Nullable FileFormat format;

  /// How a file is written.
  enum FileFormat {
    CSV,
    JSON,
    JSONL,
    ZIP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What can be exported, and in which forms; the first one is the default.
  enum What {
    CALLS("/export/calls.%s", FileFormat.CSV, FileFormat.JSON),
    EVENTS("/export/events.%s", FileFormat.JSONL),
    DOCUMENTS("/export/documents.%s", FileFormat.ZIP),
    SCORES("/export?what=scores&format=%s", FileFormat.CSV, FileFormat.JSON, FileFormat.JSONL),
    VOTES("/export?what=votes&format=%s", FileFormat.CSV, FileFormat.JSON, FileFormat.JSONL);

    private final String path;
    private final FileFormat usual;
    private final Set<FileFormat> formats;

    What(String path, FileFormat usual, FileFormat... others) {
      this.path = path;
      this.usual = usual;
      formats = EnumSet.of(usual, others);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws IOException {
    What wanted = Verb.required(what);
    FileFormat form = asked(wanted);
    if (form == FileFormat.ZIP && !output.toFile()) {
      throw wrong("documents are an archive: give --output FILE");
    }
    String path = "/runs/" + Verb.required(runId) + wanted.path.formatted(form);
    try (Download download = service.client().download(path)) {
      output.copy(download, Verb.out(spec));
    }
    return ExitCode.OK;
  }

  private FileFormat asked(What wanted) {
    if (service.json() && format != null && format != FileFormat.JSON) {
      throw wrong("--json and --format " + format + " exclude each other");
    }
    FileFormat named = service.json() ? FileFormat.JSON : format;
    FileFormat form = named == null ? wanted.usual : named;
    if (!wanted.formats.contains(form)) {
      throw wrong("there are no " + wanted + " as " + form + ", only as " + listed(wanted));
    }
    return form;
  }

  private static String listed(What wanted) {
    String list = Arrays.toString(wanted.formats.toArray());
    return list.substring(1, list.length() - 1);
  }

  private ParameterException wrong(String what) {
    return new ParameterException(Verb.required(spec).commandLine(), what);
  }
}
