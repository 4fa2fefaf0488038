/// The worker: takes released calls, runs their attempts under one deadline, tells what happened.
@NullMarked
package dev.acm2.worker;

import org.jspecify.annotations.NullMarked;
