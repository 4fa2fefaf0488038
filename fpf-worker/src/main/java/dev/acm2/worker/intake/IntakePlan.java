package dev.acm2.worker.intake;

import dev.acm2.contract.WorkItem;
import dev.acm2.worker.intake.Cancellations.Cancellation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What becomes of a batch of work records.
///
/// Laws: never more starts than free slots; in a partition a record is taken only when all records
/// before it are; a record that needs no slot takes none.
///
/// @param starts calls to start, in order
/// @param notStarted calls that are passed over
/// @param nextOffsets by partition: where reading goes on after what was taken
/// @param seekBack by partition: the first record that has to wait for a slot
record IntakePlan(
  List<Released> starts,
  List<NotStarted> notStarted,
  Map<Integer, Long> nextOffsets,
  Map<Integer, Long> seekBack
) {
  /// A record as it was read.
  ///
  /// @param work empty when it cannot be read
  record Offered(int partition, long offset, Optional<Released> work) {}

  /// Work, and when it was written.
  record Released(WorkItem item, Instant at) {}

  /// A call that is passed over.
  ///
  /// @param message for people
  record NotStarted(WorkItem item, Cause cause, String message) {}

  /// Why a call is passed over.
  enum Cause {
    RUN_CANCELLED,
    CALL_CANCELLED,
    QUEUE_TTL,
    /// It is in flight here already.
    ALREADY_STARTED,
  }

  /// What is known about a call besides its record.
  interface Known {
    /// Why it was cancelled, empty when it was not.
    Optional<Cancellation> cancellation(Released work);

    boolean isInFlight(WorkItem item);
  }

  /// @param offered in offset order within each partition
  /// @param free slots, 0 or more
  static IntakePlan of(List<Offered> offered, int free, Instant now, Known known) {
    Batch batch = new Batch(free, now, known);
    offered.forEach(batch::look);
    return new IntakePlan(batch.starts, batch.notStarted, batch.nextOffsets, batch.seekBack);
  }

  /// Whether there is nothing to write down.
  boolean takesNothing() {
    return nextOffsets.isEmpty();
  }

  /// When a call ends at the latest.
  static Instant deadlineOf(WorkItem item, Instant now) {
    Instant own = now.plus(item.limits().callDeadline());
    return own.isBefore(item.runDeadlineAt()) ? own : item.runDeadlineAt();
  }

  private static final class Batch {

    private final Instant now;
    private final Known known;
    private final List<Released> starts = new ArrayList<>();
    private final List<NotStarted> notStarted = new ArrayList<>();
    private final Map<Integer, Long> nextOffsets = new TreeMap<>();
    private final Map<Integer, Long> seekBack = new TreeMap<>();
    private final Set<String> starting = new HashSet<>();
    private int free;

    Batch(int free, Instant now, Known known) {
      this.free = free;
      this.now = now;
      this.known = known;
    }

    void look(Offered record) {
      if (seekBack.containsKey(record.partition())) {
        return;
      }
      if (record.work().map(this::waitsForSlot).orElse(false)) {
        seekBack.put(record.partition(), record.offset());
      } else {
        nextOffsets.put(record.partition(), record.offset() + 1);
      }
    }

    private boolean waitsForSlot(Released work) {
      Optional<NotStarted> pass = passedOver(work);
      if (pass.isPresent()) {
        notStarted.add(pass.get());
        return false;
      }
      if (free == 0) {
        return true;
      }
      free--;
      starting.add(identity(work.item()));
      starts.add(work);
      return false;
    }

    private Optional<NotStarted> passedOver(Released work) {
      WorkItem item = work.item();
      Optional<Cancellation> cancelled = known.cancellation(work);
      if (cancelled.isPresent()) {
        return cancelled.map(why -> new NotStarted(item, cause(why), why.reason()));
      }
      if (now.isAfter(item.startBy())) {
        String message = "it was to be started by " + item.startBy();
        return Optional.of(new NotStarted(item, Cause.QUEUE_TTL, message));
      }
      return starting.contains(identity(item)) || known.isInFlight(item)
        ? Optional.of(new NotStarted(item, Cause.ALREADY_STARTED, "it is in flight here"))
        : Optional.empty();
    }

    private static Cause cause(Cancellation cancellation) {
      return switch (cancellation.scope()) {
        case RUN -> Cause.RUN_CANCELLED;
        case CALL -> Cause.CALL_CANCELLED;
      };
    }

    private static String identity(WorkItem item) {
      return item.callId() + "/" + item.epoch();
    }
  }
}
