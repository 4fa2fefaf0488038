package dev.acm2.projection;

import dev.acm2.contract.Spend;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the epochs of a call have used, while events are applied to it.
///
/// Spend is told as absolute values that never shrink. The greatest of all that was told counts, so
/// that nothing is charged twice, in whatever order and however often it is told.
final class CallSpend {

  /// A started epoch of which nothing more is known has sent one request.
  private static final Spend STARTED = new Spend(1, Usage.NONE, Usd.ZERO);

  final SortedMap<Integer, Spend> byEpoch = new TreeMap<>();
  final SortedMap<Integer, Usd> retriedByEpoch = new TreeMap<>();

  void copy(CallView view) {
    byEpoch.putAll(view.spendByEpoch());
    retriedByEpoch.putAll(view.retriedByEpoch());
  }

  void started(int epoch) {
    byEpoch.putIfAbsent(epoch, STARTED);
  }

  void told(int epoch, Spend spend) {
    byEpoch.merge(epoch, spend, (known, told) ->
      known.equals(STARTED) ? told : larger(known, told)
    );
  }

  void retried(int epoch, Spend spend) {
    told(epoch, spend);
    retriedByEpoch.merge(epoch, spend.costUsd(), Usd::max);
  }

  Spend total() {
    return byEpoch.values().stream().reduce(Spend.NONE, Spend::plus);
  }

  private static Spend larger(Spend a, Spend b) {
    return new Spend(
      Math.max(a.attempts(), b.attempts()),
      larger(a.usage(), b.usage()),
      a.costUsd().max(b.costUsd())
    );
  }

  private static Usage larger(Usage a, Usage b) {
    return new Usage(
      Math.max(a.inputTokens(), b.inputTokens()),
      Math.max(a.outputTokens(), b.outputTokens()),
      Math.max(a.reasoningTokens(), b.reasoningTokens()),
      Math.max(a.cachedTokens(), b.cachedTokens())
    );
  }
}
