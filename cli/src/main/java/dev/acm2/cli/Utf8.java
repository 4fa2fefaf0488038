package dev.acm2.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// A text that comes in blocks of bytes, which may end within a character.
final class Utf8 {

  private static final int LONGEST_REST = 3;

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
    .onMalformedInput(CodingErrorAction.REPLACE)
    .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer rest = ByteBuffer.allocate(0);

  /// The characters that are whole now; what is left of one waits for the next block.
  String next(byte[] block, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(rest.remaining() + length).put(rest);
    bytes.put(block, 0, length).flip();
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    decoder.decode(bytes, text, false);
    rest = ByteBuffer.allocate(LONGEST_REST).put(bytes).flip();
    return text.flip().toString();
  }
}
