package dev.acm2.orchestrator;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// The models and prices of one's own cannot be read: the service does not start without them.
final class UnreadableModels extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableModels(IllegalArgumentException cause) {
    super(firstLine(cause), cause);
  }

  private static String firstLine(IllegalArgumentException cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  /// Says so in one line instead of a stack trace.
  static final class Analyzer extends AbstractFailureAnalyzer<UnreadableModels> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnreadableModels cause) {
      return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Correct the file that acm2.orchestrator.models-file names, or unset it.",
        cause
      );
    }
  }
}
