package dev.acm2.contract;

import java.util.regex.Pattern;

/// Names a stored content by what it is. Whoever holds the ref can check the content against it.
///
/// @param sha256 64 lower case hexadecimal digits
/// @param size bytes
/// @param mediaType for example `text/markdown`; not part of the identity
public record ArtifactRef(String sha256, long size, String mediaType) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /// @throws IllegalArgumentException when sha256 is no digest or size is negative
  public ArtifactRef {
    if (!isSha256(sha256)) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + sha256);
    }
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
  }

  public static ArtifactRef of(byte[] content, String mediaType) {
    return new ArtifactRef(Sha256.hex(content), content.length, mediaType);
  }

  public static boolean isSha256(String text) {
    return FORM.matcher(text).matches();
  }
}
