package dev.acm2.standalone;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sends the log of everything in this process to one file, and warnings to standard error, too.
final class Logging {

  private Logging() {}

  /// Must come before the first logger is made.
  static void toFile(Path file) {
    System.setProperty("acm2.log", file.toString());
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "dev/acm2/standalone/logback.xml");
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
