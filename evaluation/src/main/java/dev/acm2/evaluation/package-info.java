/// What judges are asked, and what their answers add up to. Pure.
@NullMarked
package dev.acm2.evaluation;

import org.jspecify.annotations.NullMarked;
