/// The event log on Kafka: events as records, the topics, client settings, reading one run's log.
@NullMarked
package dev.acm2.eventlog;

import org.jspecify.annotations.NullMarked;
