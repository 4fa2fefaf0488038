package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import dev.acm2.projection.AsOf;
import java.util.List;

/// What a comparison of the tables of a run with its log found.
///
/// @param ok whether every invariant holds
/// @param asOf the version that was compared
/// @param digest of the run and its calls as the log has them, SHA-256 in hexadecimal digits
/// @param differences what the tables say and the log does not, or the other way round
/// @param attempts requests sent to providers, to compare with the providers' own ledgers (I5)
public record Verification(
  RunId runId,
  boolean ok,
  AsOf asOf,
  String digest,
  List<Invariant> invariants,
  List<String> differences,
  List<Attempts> attempts
) {
  /// @param id `I1` to `I9`
  /// @param detail what was checked, or the first violations
  public record Invariant(String id, boolean ok, String detail) {}

  /// Requests that one release of a call sent to its provider.
  ///
  /// @param told whether somebody said in the end how many they were; without, one more may have been
  ///     sent, or one less
  public record Attempts(CallId callId, int epoch, int attempts, boolean told) {}
}
