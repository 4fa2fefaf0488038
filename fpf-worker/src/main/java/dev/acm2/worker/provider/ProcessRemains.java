package dev.acm2.worker.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kills what a program leaves behind when it has ended: its process group at once, and then the
/// children that left the group, which are known by a variable that they inherited.
///
/// @param leader process id of the program, and so of its group
/// @param mark `NAME=value` in the environment of the program alone
record ProcessRemains(long leader, String mark) {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRemains.class);
  private static final int PASSES = 5;
  private static final long PATIENCE_SECONDS = 5;

  void kill() throws IOException, InterruptedException {
    killGroup();
    List<ProcessHandle> strays = strays();
    // A stray may have forked between being seen and being killed.
    for (int pass = 1; !strays.isEmpty() && pass <= PASSES; pass++) {
      strays.forEach(ProcessHandle::destroyForcibly);
      strays = strays();
    }
    if (!strays.isEmpty()) {
      LOG.error("processes {} of a program cannot be killed", strays);
    }
  }

  /// The shell has a `kill` for groups on every Linux; Java has none. It fails when the group is
  /// empty, which is as good.
  private void killGroup() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -9 -" + leader)
      .redirectErrorStream(true)
      .redirectOutput(ProcessBuilder.Redirect.DISCARD)
      .start();
    if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      LOG.error("the process group {} could not be killed in time", leader);
    }
  }

  private List<ProcessHandle> strays() {
    return ProcessHandle.allProcesses().filter(this::isMarked).toList();
  }

  private boolean isMarked(ProcessHandle process) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
      String text = new String(environment, StandardCharsets.ISO_8859_1);
      return ("\0" + text).contains("\0" + mark + "\0");
    } catch (IOException goneOrForeign) {
      // It ended meanwhile, or belongs to somebody else; then it is no child of the program.
      return false;
    }
  }
}
