package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ViewFeedTest {

  @Test
  void shouldGoOnWhereItWasWhenAllViewsSinceThenAreStillThere() {
    assertThat(ViewFeed.canGoOn(100L, 0, 100)).isTrue();
    assertThat(ViewFeed.canGoOn(100L, 100, 50_100)).isTrue();
  }

  @Test
  void shouldBeginAtTheEndWhenViewsAreGoneOrTooMany() {
    assertThat(ViewFeed.canGoOn(null, 0, 0)).isFalse();
    assertThat(ViewFeed.canGoOn(100L, 101, 200)).isFalse();
    assertThat(ViewFeed.canGoOn(100L, 0, 99)).isFalse();
    assertThat(ViewFeed.canGoOn(100L, 0, 50_101)).isFalse();
  }
}
