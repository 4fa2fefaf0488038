/// Folds the events into views (Kafka Streams), and writes views and events to PostgreSQL.
@NullMarked
package dev.acm2.projector;

import org.jspecify.annotations.NullMarked;
