/// Talking to providers: wire protocols, one HTTP exchange, and what became of it.
@NullMarked
package dev.acm2.worker.provider;

import org.jspecify.annotations.NullMarked;
