/// A real Kafka broker (KRaft) and a real PostgreSQL, durable, without Docker.
@NullMarked
package dev.acm2.embedded;

import org.jspecify.annotations.NullMarked;
