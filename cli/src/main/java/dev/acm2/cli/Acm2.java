package dev.acm2.cli;

import dev.acm2.contract.BuildId;
import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// The command line of ACM2.
@Command(
  name = "acm2",
  description = "Runs of many LLM calls, live and replayable.",
  synopsisSubcommandLabel = "COMMAND",
  mixinStandardHelpOptions = true,
  versionProvider = Acm2.Version.class,
  footer = {
    "",
    "On this machine, through the acm2 script:",
    "  up        Start everything: log, database, services, provider simulator.",
    "  demo      The same, and a sample run.",
  },
  subcommands = {
    RunCommand.class,
    WatchCommand.class,
    RunsCommand.class,
    ShowCommand.class,
    CallsCommand.class,
    ScoresCommand.class,
    DocumentCommand.class,
    ExportCommand.class,
    LogCommand.class,
    HistoryCommand.class,
    PauseCommand.class,
    ResumeCommand.class,
    RetryCommand.class,
    ReEvaluateCommand.class,
    CancelCommand.class,
    ArchiveCommand.class,
    UnarchiveCommand.class,
    DeleteCommand.class,
    PresetsCommand.class,
    LanesCommand.class,
    WorkersCommand.class,
    VerifyCommand.class,
    VersionCommand.class,
  }
)
public final class Acm2 {

  private Acm2() {}

  static void main(String[] args) {
    System.exit(
      execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args)
    );
  }

  /// Runs one command.
  ///
  /// @return one of [ExitCode]
  public static int execute(PrintWriter out, PrintWriter err, String... args) {
    return configured(new CommandLine(new Acm2())).setOut(out).setErr(err).execute(args);
  }

  /// A command line with the exit codes and error lines of ACM2.
  public static CommandLine configured(CommandLine line) {
    return line
      .registerConverter(RunId.class, Acm2::runId)
      .registerConverter(CallId.class, Acm2::callId)
      .setCaseInsensitiveEnumValuesAllowed(true)
      .setParameterExceptionHandler(Acm2::usage)
      .setExecutionExceptionHandler(Acm2::failure);
  }

  private static int usage(ParameterException wrong, String[] args) {
    CommandLine line = wrong.getCommandLine();
    line.getErr().println("acm2: " + Format.line(String.valueOf(wrong.getMessage())));
    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private static int failure(Exception thrown, CommandLine line, @Nullable ParseResult parsed) {
    if (thrown instanceof CliFailure failure) {
      line.getErr().println("acm2: " + Format.line(String.valueOf(failure.getMessage())));
      return failure.exitCode();
    }
    line.getErr().println("acm2: defect: " + thrown);
    thrown.printStackTrace(line.getErr());
    return ExitCode.SOFTWARE;
  }

  private static RunId runId(String text) {
    try {
      return RunId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is not a run id (" + e.getMessage() + ")");
    }
  }

  private static CallId callId(String text) {
    try {
      return CallId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is not a call id (" + e.getMessage() + ")");
    }
  }

  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] { "acm2 " + BuildId.of(Acm2.class) };
    }
  }
}
