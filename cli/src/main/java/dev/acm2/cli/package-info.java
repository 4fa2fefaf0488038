/// The `acm2` command: a client of the gateway, one class a verb.
@NullMarked
package dev.acm2.cli;

import org.jspecify.annotations.NullMarked;
