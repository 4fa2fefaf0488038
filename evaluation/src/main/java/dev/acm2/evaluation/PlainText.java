package dev.acm2.evaluation;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A document without what could hide a word from a search: lower case, in compatibility form,
/// without invisible characters and emphasis; characters of the Unicode tag block, which are not
/// displayed, as the letters that they stand for. Every character knows where it came from.
final class PlainText {

  private static final int TAG_BLOCK = 0xE0000;
  private static final int TAG_SPACE = 0xE0020;
  private static final int TAG_TILDE = 0xE007E;

  private static final String COMMENT = "<!--";
  private static final String COMMENT_END = "-->";

  // Elements whose style keeps them from being seen.
  private static final Pattern UNSEEN = Pattern.compile(
    "<(\\w{1,20})\\b[^<>]{0,200}?(?:display:\\s{0,3}none|visibility:\\s{0,3}hidden" +
      "|font-size:\\s{0,3}0(?![.\\d])|(?<!-)color:\\s{0,3}(?:white|#fff(?:fff)?)\\b|\\shidden\\b)" +
      "[^<>]{0,200}>[^<]{0,4000}</\\1>"
  );

  private final StringBuilder characters = new StringBuilder();
  private final BitSet hidden = new BitSet();
  private int[] positions = new int[64];

  private PlainText() {}

  static PlainText of(String document) {
    PlainText text = new PlainText();
    int at = 0;
    while (at < document.length()) {
      int codePoint = document.codePointAt(at);
      if (!isEmphasis(document, at)) {
        text.append(codePoint, at);
      }
      at += Character.charCount(codePoint);
    }
    text.hideComments();
    text.hideElements();
    return text;
  }

  private void hideComments() {
    int from = characters.indexOf(COMMENT);
    while (from >= 0) {
      int end = characters.indexOf(COMMENT_END, from);
      int to = end < 0 ? characters.length() : end + COMMENT_END.length();
      hidden.set(from, to);
      from = characters.indexOf(COMMENT, to);
    }
  }

  private void hideElements() {
    Matcher unseen = UNSEEN.matcher(characters);
    while (unseen.find()) {
      hidden.set(unseen.start(), unseen.end());
    }
  }

  CharSequence characters() {
    return characters;
  }

  int position(int index) {
    return positions[index];
  }

  boolean isHidden(int from, int to) {
    return hidden.get(from, to).cardinality() * 2 > to - from;
  }

  private void append(int codePoint, int position) {
    if (codePoint >= TAG_SPACE && codePoint <= TAG_TILDE) {
      hidden.set(characters.length());
      add((char) (codePoint - TAG_BLOCK), position);
    } else if (codePoint < 0x80) {
      add((char) codePoint, position);
    } else if (Character.getType(codePoint) != Character.FORMAT) {
      appendOther(codePoint, position);
    }
  }

  /// An underscore inside of a word is a part of it.
  private static boolean isEmphasis(String document, int at) {
    char character = document.charAt(at);
    return (
      character == '*' ||
      character == '`' ||
      character == '~' ||
      (character == '_' && !(isWord(document, at - 1) && isWord(document, at + 1)))
    );
  }

  private static boolean isWord(String document, int at) {
    return at >= 0 && at < document.length() && Character.isLetterOrDigit(document.charAt(at));
  }

  private void appendOther(int codePoint, int position) {
    String same = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
    for (int i = 0; i < same.length(); i++) {
      add(plain(same.charAt(i)), position);
    }
  }

  private static char plain(char character) {
    return switch (character) {
      case '\u2018', '\u2019' -> '\'';
      case '\u201c', '\u201d' -> '"';
      case '\u2010', '\u2011', '\u2013', '\u2014' -> '-';
      default -> character;
    };
  }

  private void add(char character, int position) {
    int index = characters.length();
    if (index == positions.length) {
      positions = Arrays.copyOf(positions, index * 2);
    }
    positions[index] = position;
    characters.append(Character.toLowerCase(character));
  }
}
