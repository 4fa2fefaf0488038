package dev.acm2.worker.call;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
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
  ///
  /// @param demandedAt calls that were released later are of no concern
  public void cancelRun(RunId runId, Instant demandedAt, String reason, long atNanos) {
    cancel(
      call -> call.item().runId().equals(runId) && !call.releasedAt().isAfter(demandedAt),
      reason,
      atNanos
    );
  }

  /// Cancels the call if it is in flight now.
  ///
  /// @param epoch later ones are of no concern
  public void cancelCall(CallId callId, int epoch, String reason, long atNanos) {
    cancel(
      call -> call.item().callId().equals(callId) && call.item().epoch() <= epoch,
      reason,
      atNanos
    );
  }

  private void cancel(Predicate<InFlightCall> which, String reason, long atNanos) {
    for (InFlightCall call : all()) {
      if (which.test(call)) {
        LOG.info("call {} of run {} is cancelled", call.item().callId(), call.item().runId());
        call.cancel(reason, atNanos);
      }
    }
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
