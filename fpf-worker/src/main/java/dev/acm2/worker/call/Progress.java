package dev.acm2.worker.call;

import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import java.util.ArrayList;
import java.util.List;

/// How far a call has come.
///
/// @param attempt number of the last request that was sent, 0 for none
/// @param artifacts of the attempt under way
record Progress(int attempt, Spend spend, List<CallArtifact> artifacts) {
  static final Progress NONE = new Progress(0, Spend.NONE, List.of());

  /// A request is about to be sent: from here on it counts.
  Progress sending(int number, CallArtifact request) {
    Spend oneMore = spend.plus(new Spend(1, Usage.NONE, Usd.ZERO));
    return new Progress(number, oneMore, List.of(request));
  }

  /// It turned out that the request never reached anybody.
  Progress unsent(Progress before) {
    return new Progress(before.attempt(), before.spend(), artifacts);
  }

  Progress charged(Usage usage, Usd cost) {
    return new Progress(attempt, spend.plus(new Spend(0, usage, cost)), artifacts);
  }

  Progress with(CallArtifact artifact) {
    List<CallArtifact> more = new ArrayList<>(artifacts);
    more.add(artifact);
    return new Progress(attempt, spend, List.copyOf(more));
  }

  Progress betweenAttempts() {
    return new Progress(attempt, spend, List.of());
  }
}
