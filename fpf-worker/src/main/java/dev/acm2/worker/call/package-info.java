/// One call: one loop of attempts, one budget of time, exactly one end.
@NullMarked
package dev.acm2.worker.call;

import org.jspecify.annotations.NullMarked;
