/// Builders, generators, fakes and fixtures for tests.
@NullMarked
package dev.acm2.testkit;

import org.jspecify.annotations.NullMarked;
