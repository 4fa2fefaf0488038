package dev.acm2.providersimulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request that arrived whole, whatever became of it.
///
/// @param sequence    rises by one with each request, from 1; never reused while the process lives
/// @param finishedAt  null while the exchange lasts
/// @param model       null when the request could not be read
/// @param keyHash     first 12 hex digits of the SHA-256 of the key, whichever header holds
///                    it; null without one
/// @param requestId   header `X-Client-Request-Id`
/// @param promptHash  SHA-256 in hex of the input text, null when it could not be read
/// @param outcome     [#OK], a fault name, `STATUS_nnn`, `RAW`, or one of the constants here
/// @param status      HTTP status that was sent, null when none was
/// @param clientGone  the client cut the exchange; the outcome still names a fault that was at work
/// @param concurrency exchanges under way when this one arrived, itself included
public record LedgerEntry(
  long sequence,
  Instant receivedAt,
  @Nullable Instant finishedAt,
  String path,
  @Nullable String model,
  @Nullable String keyHash,
  @Nullable String requestId,
  @Nullable String promptHash,
  String outcome,
  @Nullable Integer status,
  boolean clientGone,
  int concurrency
) {
  public static final String OK = "OK";
  public static final String IN_FLIGHT = "IN_FLIGHT";
  public static final String CLIENT_GONE = "CLIENT_GONE";

  /// The simulator was closed while the exchange lasted.
  public static final String SIMULATOR_CLOSED = "SIMULATOR_CLOSED";

  /// The simulator's process ended while the exchange lasted; only a ledger file can tell.
  public static final String LOST = "LOST";

  public static final String UNAUTHORIZED = "UNAUTHORIZED";
  public static final String BAD_REQUEST = "BAD_REQUEST";
  public static final String NOT_FOUND = "NOT_FOUND";

  LedgerEntry finished(@Nullable Instant at, String how, @Nullable Integer sent, boolean gone) {
    return new LedgerEntry(
      sequence,
      receivedAt,
      at,
      path,
      model,
      keyHash,
      requestId,
      promptHash,
      how,
      sent,
      gone,
      concurrency
    );
  }
}
