package dev.acm2.providersimulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/// All chance in this module: a random source that is a function of (seed, purpose, key), so that
/// one request's luck depends neither on the order of arrival nor on how often other things are
/// drawn.
record Draws(long seed) {
  SplittableRandom random(String purpose, String key) {
    byte[] digest = sha256(seed + "|" + purpose + "|" + key);
    return new SplittableRandom(ByteBuffer.wrap(digest).getLong());
  }

  /// Standard normal by Box and Muller: the JDK's own algorithm may change between releases.
  static double gaussian(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  static String sha256Hex(String text) {
    return HexFormat.of().formatHex(sha256(text));
  }

  static String hex(SplittableRandom random, int digits) {
    StringBuilder hex = new StringBuilder();
    while (hex.length() < digits) {
      hex.append(HexFormat.of().toHexDigits(random.nextLong()));
    }
    return hex.substring(0, digits);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
