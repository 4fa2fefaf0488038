/// From the log to running calls: taking work, hearing cancellations.
@NullMarked
package dev.acm2.worker.intake;

import org.jspecify.annotations.NullMarked;
