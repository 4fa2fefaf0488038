package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.projection.AsOf;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Opens live streams.
final class LiveStreams {

  private static final Pattern ID = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,18})");

  private final RunHub hub;
  private final RunQueries queries;
  private final RunReads reads;

  LiveStreams(RunHub hub, RunQueries queries, RunReads reads) {
    this.hub = hub;
    this.queries = queries;
    this.reads = reads;
  }

  /// Attaches a client; no view of the run is missed from here on.
  ///
  /// @param lastEventId what the client has, as it says
  LiveStream attach(RunId runId, @Nullable String lastEventId) {
    AsOf seen = lastEventId == null ? null : parse(lastEventId).orElse(null);
    return new LiveStream(hub, queries, runId, lastEventId, seen);
  }

  /// Reads what the stream begins with. Attaching comes first, so that nothing can pass in between.
  ///
  /// @throws ProblemException run-not-found, store-unavailable
  LiveStream begin(LiveStream stream) {
    stream.begin(reads);
    return stream;
  }

  private static Optional<AsOf> parse(String lastEventId) {
    Matcher id = ID.matcher(lastEventId);
    return id.matches()
      ? Optional.of(
          new AsOf(
            Integer.parseInt(id.group(1)),
            Integer.parseInt(id.group(2)),
            Long.parseLong(id.group(3))
          )
        )
      : Optional.empty();
  }
}
