package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog;
import dev.acm2.projection.AsOf;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Hands every view that passes to the clients of its run, and remembers the latest of each run, so
/// that whoever attaches can be told exactly which views it cannot be given any more.
final class RunHub {

  private final ReentrantLock lock = new ReentrantLock();
  private final int maxRuns;
  private final int viewsByRun;
  private final int maxPending;
  private final Map<Integer, Long> floors = new HashMap<>();
  private final LinkedHashMap<RunId, RecentViews> recent = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<RunId, Set<Subscription>> subscriptions = new HashMap<>();
  private boolean shutdown;

  /// @param maxRuns runs to remember
  /// @param viewsByRun views to remember of each
  /// @param maxPending calls that may wait for one client
  RunHub(int maxRuns, int viewsByRun, int maxPending) {
    this.maxRuns = maxRuns;
    this.viewsByRun = viewsByRun;
    this.maxPending = maxPending;
  }

  /// The feed begins at the position, and has missed whatever it had not seen before it. Clients of
  /// runs of this partition are broken off.
  void startAt(int partition, long position) {
    lock.lock();
    try {
      floors.put(partition, position);
      recent.keySet().removeIf(run -> RunLog.partitionOf(run) == partition);
      subscriptions
        .values()
        .stream()
        .flatMap(Collection::stream)
        .filter(client -> RunLog.partitionOf(client.runId()) == partition)
        .forEach(client -> client.breakOff("views may have been missed"));
    } finally {
      lock.unlock();
    }
  }

  /// The next view of the partition.
  void accept(int partition, long position, View view) {
    lock.lock();
    try {
      long floor = floors.getOrDefault(partition, 0L);
      recent
        .computeIfAbsent(view.runId(), _ -> new RecentViews(floor, viewsByRun))
        .accept(view, position);
      forgetEldest(view.runId());
      subscriptions.getOrDefault(view.runId(), Set.of()).forEach(client -> client.offer(view));
    } finally {
      lock.unlock();
    }
  }

  /// A place for a client of the run; every view from [Subscription#coveredFrom] on will be, or is
  /// already, in its inbox.
  ///
  /// @param seen the version that the client has
  Subscription attach(RunId runId, @Nullable AsOf seen) {
    lock.lock();
    try {
      @Nullable
      RecentViews views = recent.get(runId);
      Inbox inbox = new Inbox(runId, maxPending);
      boolean resumed = seen != null && views != null && views.reachesBackTo(seen);
      if (seen != null && resumed) {
        inbox.startAt(seen);
      }
      if (views != null) {
        views.forEach(inbox::offer);
      }
      long coveredFrom = views != null ? views.coveredFrom() : floorOf(runId);
      return added(new Subscription(runId, inbox, coveredFrom, resumed, this::remove));
    } finally {
      lock.unlock();
    }
  }

  /// Whether a view of the run has passed lately.
  boolean knows(RunId runId) {
    lock.lock();
    try {
      return recent.containsKey(runId);
    } finally {
      lock.unlock();
    }
  }

  /// Whether there is any client.
  boolean isWatched() {
    lock.lock();
    try {
      return !subscriptions.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Ends all streams, and those that still come.
  void shutdown() {
    lock.lock();
    try {
      shutdown = true;
      subscriptions.values().stream().flatMap(Collection::stream).forEach(Subscription::shutdown);
    } finally {
      lock.unlock();
    }
  }

  /// Clients that are attached.
  List<Subscription> subscriptions() {
    lock.lock();
    try {
      return subscriptions.values().stream().flatMap(Collection::stream).toList();
    } finally {
      lock.unlock();
    }
  }

  private Subscription added(Subscription client) {
    subscriptions.computeIfAbsent(client.runId(), _ -> new HashSet<>()).add(client);
    if (shutdown) {
      client.shutdown();
    }
    return client;
  }

  private void remove(Subscription client) {
    lock.lock();
    try {
      subscriptions.computeIfPresent(client.runId(), (_, clients) -> {
        clients.remove(client);
        return clients.isEmpty() ? null : clients;
      });
    } finally {
      lock.unlock();
    }
  }

  /// Until the feed has begun nothing is known to be missed; when it begins, it breaks off.
  private long floorOf(RunId runId) {
    return floors.getOrDefault(RunLog.partitionOf(runId), 0L);
  }

  private void forgetEldest(RunId justUsed) {
    if (recent.size() <= maxRuns) {
      return;
    }
    var eldest = recent.entrySet().iterator().next();
    if (!eldest.getKey().equals(justUsed)) {
      recent.remove(eldest.getKey());
      floors.merge(
        RunLog.partitionOf(eldest.getKey()),
        eldest.getValue().nextPosition(),
        Math::max
      );
    }
  }
}
