package dev.acm2.worker.call;

import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.provider.Exchange;
import org.jspecify.annotations.Nullable;

/// Reports the stages of the exchange that a call has under way, each attempt afresh. After [#over]
/// nothing more is reported of it.
final class StageReports {

  private final WorkItem item;
  private final CallVoice voice;
  private int attempt;
  private @Nullable Exchange underWay;
  private StageTelling telling = StageTelling.FRESH;

  StageReports(WorkItem item, CallVoice voice) {
    this.item = item;
    this.voice = voice;
  }

  synchronized void begin(int number, Exchange opened) {
    attempt = number;
    underWay = opened;
    telling = StageTelling.FRESH;
  }

  synchronized void over() {
    underWay = null;
  }

  /// Looks at the stage once, and reports it when it is to be told. Waits for nothing: the report is
  /// only noted here, under the lock, so that none comes after the end of its exchange.
  synchronized void look(EventSink sink, CallClock clock) {
    if (underWay == null) {
      return;
    }
    String before = telling.told();
    telling = telling.seen(underWay.stage(), clock.nanoTime());
    if (!telling.told().equals(before)) {
      voice.report(sink, clock, progress(telling.told()));
    }
  }

  /// The share stays open: even a body whose length is known is only the smallest part of the wait.
  private CallProgressed progress(String message) {
    return new CallProgressed(item.callId(), item.epoch(), attempt, message, null);
  }
}
