/// Everything on one machine in one process: log, database, services, provider simulator.
@NullMarked
package dev.acm2.standalone;

import org.jspecify.annotations.NullMarked;
