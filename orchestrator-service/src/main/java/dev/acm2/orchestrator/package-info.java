/// Accepts runs, decides what happens next in each, and releases calls to the workers by lane.
@NullMarked
package dev.acm2.orchestrator;

import org.jspecify.annotations.NullMarked;
