package dev.acm2.cli;

/// What the command answers its caller, after sysexits.h where that has a word for it.
public final class ExitCode {

  public static final int OK = 0;
  /// A run that did not complete, or an invariant that does not hold.
  public static final int NEGATIVE = 1;
  public static final int USAGE = 64;
  /// The service or a document says that the data is wrong.
  public static final int DATA = 65;
  public static final int UNREADABLE = 66;
  /// A service cannot be reached, a port or a folder is taken.
  public static final int UNAVAILABLE = 69;
  /// A defect of ACM2 itself.
  public static final int SOFTWARE = 70;
  /// A file or the standard output cannot be written.
  public static final int NOT_WRITTEN = 73;
  public static final int NO_PERMISSION = 77;
  public static final int CONFIG = 78;

  private ExitCode() {}
}
