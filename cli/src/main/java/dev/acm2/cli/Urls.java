package dev.acm2.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Addresses as people write them.
final class Urls implements ITypeConverter<URI> {

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final String LEDGER = "/__ledger";

  /// @throws TypeConversionException when it is not an absolute http or https address with a host
  @Override
  public URI convert(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is not an address: " + e.getMessage());
    }
    throw new TypeConversionException(
      "'" + text + "' is not an address like http://localhost:8080"
    );
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /// A part of a path: there a plus is a plus.
  static String segment(String value) {
    return encode(value).replace("+", "%20");
  }

  static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /// The address of the ledger, given that of the simulator or its own.
  static URI ledger(URI given) {
    String text = withoutSlash(given.toString());
    return URI.create(text.endsWith(LEDGER) ? text : text + LEDGER);
  }
}
