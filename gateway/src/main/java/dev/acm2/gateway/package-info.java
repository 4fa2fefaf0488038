/// One origin for browsers and the command line: reads from the projection, live streams, writes handed
/// on to the orchestrator.
@NullMarked
package dev.acm2.gateway;

import org.jspecify.annotations.NullMarked;
