package dev.acm2.standalone;

import dev.acm2.cli.Acm2;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The two verbs that start ACM2 on this machine; all others belong to the client.
@Command(
  name = "acm2",
  mixinStandardHelpOptions = true,
  description = "Starts ACM2 on this machine.",
  synopsisSubcommandLabel = "COMMAND",
  subcommands = { UpCommand.class, DemoCommand.class }
)
public final class StandaloneCommand {

  private StandaloneCommand() {}

  static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return Acm2.configured(new CommandLine(new StandaloneCommand()));
  }
}
