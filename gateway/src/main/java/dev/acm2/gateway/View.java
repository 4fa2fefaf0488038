package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;

/// A value of the topic of views. A call comes before the view of its run of the same version, so that
/// a run at version v implies all of its calls up to v.
sealed interface View {
  /// Out of the value itself, the only truth about whose it is.
  RunId runId();

  long version();

  /// Of the projection that made it: versions of two generations do not compare.
  int generation();

  record OfRun(RunView run) implements View {
    @Override
    public RunId runId() {
      return run.runId();
    }

    @Override
    public long version() {
      return run.asOf().offset();
    }

    @Override
    public int generation() {
      return run.asOf().generation();
    }
  }

  record OfCall(CallView call, int generation) implements View {
    @Override
    public RunId runId() {
      return call.runId();
    }

    @Override
    public long version() {
      return call.version();
    }
  }
}
