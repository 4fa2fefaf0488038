package dev.acm2.projection;

import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.EventMeta;
import dev.acm2.projection.CallView.Anomaly;
import dev.acm2.projection.CallView.Epoch;
import dev.acm2.projection.CallView.Late;
import dev.acm2.projection.CallView.Retry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What only grows while events are applied to a call, but of epochs that are over only the newest stay.
/// What is there already is not added again.
final class CallHistory {

  List<Retry> retries = List.of();
  List<CallArtifact> artifacts = List.of();
  List<Late> late = List.of();
  List<Anomaly> anomalies = List.of();
  List<Epoch> earlier = List.of();

  void copy(CallView view) {
    retries = view.retries();
    artifacts = view.artifacts();
    late = view.late();
    anomalies = view.anomalies();
    earlier = view.earlier();
  }

  void add(List<CallArtifact> more) {
    for (CallArtifact artifact : more) {
      artifacts = with(artifacts, artifact, artifact::equals);
    }
  }

  void add(Retry retry) {
    retries = with(
      retries,
      retry,
      known -> known.epoch() == retry.epoch() && known.attempt() == retry.attempt()
    );
  }

  void add(Late end) {
    late = with(late, end, known -> known.eventId().equals(end.eventId()));
  }

  void add(Epoch over) {
    List<Epoch> all = with(earlier, over, known -> known.epoch() == over.epoch());
    earlier = all.subList(Math.max(0, all.size() - CallView.EARLIER_SHOWN), all.size());
  }

  void addAnomaly(EventMeta meta, String type, String what) {
    Anomaly anomaly = new Anomaly(meta.eventId(), type, what);
    anomalies = with(anomalies, anomaly, known -> known.eventId().equals(meta.eventId()));
  }

  private static <T> List<T> with(List<T> all, T more, Predicate<T> same) {
    if (all.stream().anyMatch(same)) {
      return all;
    }
    List<T> longer = new ArrayList<>(all);
    longer.add(more);
    return List.copyOf(longer);
  }
}
