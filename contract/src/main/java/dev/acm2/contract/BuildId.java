package dev.acm2.contract;

import org.jspecify.annotations.Nullable;

/// The git commit that a jar was built from, stamped into its manifest.
public final class BuildId {

  /// What classes say that do not come from a jar, or whose jar was built outside a git checkout.
  public static final String DEVELOPMENT = "development";

  private BuildId() {}

  /// The build id of the jar that holds the class.
  public static String of(Class<?> anchor) {
    @Nullable
    String stamped = anchor.getPackage().getImplementationVersion();
    boolean unfilled = stamped == null || stamped.startsWith("${");
    return unfilled ? DEVELOPMENT : stamped;
  }
}
