package dev.acm2.worker.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The beginning and the end of what is written, when all of it is too much.
final class CappedBytes {

  private final int half;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final byte[] tail;
  private long total;

  /// @param limit bytes that are kept at most
  CappedBytes(int limit) {
    this.half = limit / 2;
    this.tail = new byte[half];
  }

  synchronized void write(byte[] bytes, int length) {
    int toHead = Math.min(length, half - head.size());
    head.write(bytes, 0, toHead);
    for (int i = toHead; i < length; i++) {
      tail[(int) ((total + i - half) % half)] = bytes[i];
    }
    total += length;
  }

  synchronized byte[] kept() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toByteArray());
    long inTail = total - head.size();
    if (inTail > half) {
      String gap = "\n… " + (inTail - half) + " bytes left out …\n";
      all.writeBytes(gap.getBytes(StandardCharsets.UTF_8));
    }
    for (long i = Math.max(0, inTail - half); i < inTail; i++) {
      all.write(tail[(int) (i % half)]);
    }
    return all.toByteArray();
  }
}
