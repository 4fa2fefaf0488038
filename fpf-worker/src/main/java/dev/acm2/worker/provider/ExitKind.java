package dev.acm2.worker.provider;

import dev.acm2.contract.FailureKind;

/// What the exit code of a program means: the codes of sysexits.h and of the shell, and a general
/// failure for all others.
final class ExitKind {

  private ExitKind() {}

  /// @param code any but 0
  static FailureKind of(int code) {
    return switch (code) {
      // Wrong usage, wrong data, no input, wrong configuration, not executable, not found.
      case 64, 65, 66, 78, 126, 127 -> FailureKind.BAD_REQUEST;
      // Unavailable, or failed for the time being.
      case 69, 75 -> FailureKind.OVERLOADED;
      case 77 -> FailureKind.AUTH;
      case 76 -> FailureKind.INVALID_OUTPUT;
      default -> FailureKind.SERVER_ERROR;
    };
  }
}
