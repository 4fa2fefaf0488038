package dev.acm2.worker.provider;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts a program as the leader of a session and a process group of its own, so that it can be
/// killed with all its children. Needs `setsid` of util-linux, so Linux.
public final class OwnSession {

  private OwnSession() {}

  /// @param provider the provider that runs programs
  /// @throws IllegalStateException when programs cannot be run here
  public static void requireFor(String provider) {
    if (found("setsid").isEmpty()) {
      throw new IllegalStateException(
        "provider " +
          provider +
          " runs a program, which needs setsid (util-linux, Linux only); it is not on the PATH"
      );
    }
  }

  /// With `setpriv` the program dies with the worker too, even when that is killed.
  static List<String> of(List<String> program) {
    List<String> command = new ArrayList<>();
    found("setpriv").ifPresent(path -> command.addAll(List.of(path, "--pdeathsig", "KILL")));
    command.add(found("setsid").orElse("setsid"));
    command.addAll(program);
    return command;
  }

  private static Optional<String> found(String tool) {
    String path = System.getenv("PATH");
    return Stream.of((path == null ? "/usr/bin:/bin" : path).split(":"))
      .filter(folder -> !folder.isBlank())
      .map(folder -> Path.of(folder, tool))
      .filter(Files::isExecutable)
      .map(Path::toString)
      .findFirst();
  }
}
