package dev.acm2.worker.call;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls that this worker runs now.
public final class InFlightCalls {

  private static final Logger LOG = LoggerFactory.getLogger(InFlightCalls.class);

  private final ConcurrentMap<InFlightCall.Key, InFlightCall> calls = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public int size() {
    return calls.size();
  }

  public boolean contains(CallId callId, int epoch) {
    return calls.containsKey(new InFlightCall.Key(callId, epoch));
  }

  /// Called each time that a call has ended.
  public void whenOneEnds(Runnable listener) {
    listeners.add(listener);
  }

  /// Cancels the calls of the run that are in flight now.
  public void cancelRun(RunId runId, String reason, long atNanos) {
    all()
      .stream()
      .filter(call -> call.item().runId().equals(runId))
      .forEach(call -> cancel(call, reason, atNanos));
  }

  private static void cancel(InFlightCall call, String reason, long atNanos) {
    LOG.info("call {} of run {} is cancelled", call.item().callId(), call.item().runId());
    call.cancel(reason, atNanos);
  }

  /// Leaves all calls without an end, for the orchestrator to orphan them.
  ///
  /// @return how many
  public int abandonAll() {
    return (int) all().stream().filter(InFlightCall::abandon).count();
  }

  /// Waits until no call is in flight.
  ///
  /// @return false when the time was over first
  public synchronized boolean awaitNone(Duration most) throws InterruptedException {
    long giveUpAt = System.nanoTime() + most.toNanos();
    while (!calls.isEmpty()) {
      long leftMillis = Duration.ofNanos(giveUpAt - System.nanoTime()).toMillis();
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  Collection<InFlightCall> all() {
    return List.copyOf(calls.values());
  }

  void add(InFlightCall call) {
    calls.put(call.key(), call);
  }

  void remove(InFlightCall call) {
    if (calls.remove(call.key(), call)) {
      tellWaiters();
      listeners.forEach(Runnable::run);
    }
  }

  private synchronized void tellWaiters() {
    notifyAll();
  }
}
