/// The whole pipeline on the real broker, the real database and real HTTP.
@NullMarked
package dev.acm2.standalone.pipeline;

import org.jspecify.annotations.NullMarked;
