package dev.acm2.projection;

import dev.acm2.contract.CallId;
import java.util.List;
import java.util.regex.Pattern;

/// The documents that a call is about.
final class Subjects {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}(:[0-9a-f]{32})?");
  private static final Pattern COLON = Pattern.compile(":");

  private Subjects() {}

  /// One document, or two in the order in which they are shown; empty when the call is about none, or
  /// when nobody can tell.
  static List<CallId> of(CallView call) {
    String subject = call.subject();
    return subject == null || !FORM.matcher(subject).matches()
      ? List.of()
      : COLON.splitAsStream(subject).map(CallId::parse).toList();
  }
}
