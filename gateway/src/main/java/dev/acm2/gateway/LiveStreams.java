package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.projection.AsOf;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Opens live streams.
final class LiveStreams {

  private static final Pattern ID = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,18})");

  private final LiveStream.Origin origin;
  private final ProgressWatch progress;

  LiveStreams(LiveStream.Origin origin, ProgressWatch progress) {
    this.origin = origin;
    this.progress = progress;
  }

  /// Attaches a client to one run; no view of the run is missed from here on.
  ///
  /// @param lastEventId what the client has, as it says
  LiveStream attach(RunId runId, @Nullable String lastEventId) {
    AsOf seen = lastEventId == null ? null : parse(lastEventId).orElse(null);
    return new LiveStream(origin, runId, lastEventId, seen);
  }

  /// Reads what the stream begins with, and waits for it: a run that there is not is refused at once.
  /// Attaching comes first, so that nothing can pass in between.
  ///
  /// @throws ProblemException run-not-found, store-unavailable
  LiveConnection begin(LiveStream stream) {
    stream.begin();
    return new LiveConnection(List.of(stream), FrameText.ONE_RUN, progress);
  }

  /// Attaches a client to many runs; each begins by itself.
  LiveConnection attach(WatchedRuns watched) {
    List<LiveStream> streams = watched
      .runs()
      .stream()
      .map(runId -> attach(runId, watched.from().get(runId)))
      .toList();
    return new LiveConnection(streams, FrameText.MANY_RUNS, progress);
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
