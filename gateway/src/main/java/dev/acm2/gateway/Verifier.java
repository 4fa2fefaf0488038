package dev.acm2.gateway;

import dev.acm2.eventlog.RunLog;
import dev.acm2.gateway.RunQueries.RunRows;
import dev.acm2.projection.AsOf;
import org.apache.kafka.common.KafkaException;

/// Folds the log of a run anew and compares it with what the tables say.
final class Verifier {

  private final RunLog log;

  Verifier(RunLog log) {
    this.log = log;
  }

  /// @param rows as of one moment
  /// @throws ProblemException log-unavailable
  Verification verify(RunRows rows) {
    AsOf at = rows.run().asOf();
    LogCheck check = new LogCheck(rows.run().runId(), at.generation(), at.partition());
    try {
      log.read(rows.run().runId(), rows.firstOffset(), at.offset(), check::accept);
    } catch (KafkaException | IllegalStateException e) {
      throw ProblemException.logUnavailable(e);
    }
    return check.compare(rows);
  }
}
