package dev.acm2.gateway;

import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import java.time.Duration;

/// A successful call of an earlier run.
///
/// @param phase that it is taken as an example for
/// @param time from its start to its end, retries included
/// @param cost of all its attempts
record PastCall(Phase phase, ModelId model, Duration time, Usd cost) {}
