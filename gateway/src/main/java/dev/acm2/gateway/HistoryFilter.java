package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.EventType;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which events of a run are wanted; null is anything.
///
/// @param types logical names, none for any
/// @param phase of the call that the event is about
/// @param model of that call
/// @param worker instance that wrote the event
record HistoryFilter(
  List<String> types,
  @Nullable Phase phase,
  @Nullable ModelId model,
  @Nullable String worker,
  @Nullable CallId call
) {
  /// Everything about one call.
  static HistoryFilter of(CallId call) {
    return new HistoryFilter(List.of(), null, null, null, call);
  }

  /// @throws ProblemException validation, invalid-id
  static HistoryFilter of(
    @Nullable List<String> types,
    @Nullable String phase,
    @Nullable String model,
    @Nullable String worker,
    @Nullable String call
  ) {
    List<String> wanted = types == null ? List.of() : types;
    wanted.forEach(HistoryFilter::checkType);
    return new HistoryFilter(
      wanted,
      phase == null ? null : Ids.phase(phase),
      model == null ? null : Ids.model(model),
      worker,
      call == null ? null : Ids.call(call)
    );
  }

  private static void checkType(String type) {
    if (EventType.named(type).isEmpty()) {
      throw ProblemException.invalidField("type", "there is no event type " + type);
    }
  }
}
