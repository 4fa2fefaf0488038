/// What the facts of a run add up to. Pure: no clock, no IO; the same log gives the same views.
@NullMarked
package dev.acm2.projection;

import org.jspecify.annotations.NullMarked;
