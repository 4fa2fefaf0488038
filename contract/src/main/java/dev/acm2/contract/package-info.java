/// The facts of ACM2: what happened, to which call of which run, and how it is written down.
@NullMarked
package dev.acm2.contract;

import org.jspecify.annotations.NullMarked;
