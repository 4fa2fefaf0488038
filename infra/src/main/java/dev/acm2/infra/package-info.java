/// Benchmarks of the whole, and the files that a cluster is set up with.
@NullMarked
package dev.acm2.infra;

import org.jspecify.annotations.NullMarked;
