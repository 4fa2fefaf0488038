package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The calls of one lane, in memory.
final class MapEntries implements LaneEntries {

  private final Map<String, Standing> standings = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private final Map<String, LaneCommand.Enqueue> waiting = new HashMap<>();

  @Override
  public Standing standing(CallId callId, int epoch) {
    return standings.getOrDefault(callId + "/" + epoch, Standing.UNKNOWN);
  }

  @Override
  public void mark(CallId callId, int epoch, Standing standing) {
    if (standing == Standing.UNKNOWN) {
      standings.remove(callId + "/" + epoch);
      held.remove(callId + "/" + epoch);
    } else {
      standings.put(callId + "/" + epoch, standing);
    }
  }

  @Override
  public long held(CallId callId, int epoch) {
    return held.getOrDefault(callId + "/" + epoch, 0L);
  }

  @Override
  public void hold(CallId callId, int epoch, long tokens) {
    mark(callId, epoch, Standing.RELEASED);
    held.put(callId + "/" + epoch, tokens);
  }

  @Override
  public void add(RunId runId, long number, LaneCommand.Enqueue call) {
    waiting.put(runId + "/" + number, call);
  }

  @Override
  public LaneCommand.Enqueue peek(RunId runId, long number) {
    return Objects.requireNonNull(waiting.get(runId + "/" + number));
  }

  @Override
  public LaneCommand.Enqueue take(RunId runId, long number) {
    return Objects.requireNonNull(waiting.remove(runId + "/" + number));
  }

  boolean isEmpty() {
    return standings.isEmpty() && waiting.isEmpty() && held.isEmpty();
  }
}
