package dev.acm2.providersimulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads HTTP/1.1 requests off a connection: fixed and chunked bodies, `Expect: 100-continue`.
/// Heads up to 64 KiB, bodies up to 64 MiB.
final class RequestReader {

  private static final int MAX_HEAD = 64 << 10;
  private static final int MAX_BODY = 64 << 20;

  private final ConnectionInput in;
  private final OutputStream out;

  RequestReader(ConnectionInput in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /// The next request, or null when the client closed the connection between two requests.
  @Nullable
  HttpCall next() throws IOException {
    String start = line();
    if (start == null) {
      return null;
    }
    String[] words = start.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      throw new BadHttp("not a request line: " + start);
    }
    Map<String, String> headers = headers();
    String body = body(headers);
    String[] target = words[1].split("\\?", 2);
    return new HttpCall(
      words[0],
      target[0],
      query(target.length > 1 ? target[1] : ""),
      headers,
      body
    );
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    int size = 0;
    for (String line = wholeLine(); !line.isEmpty(); line = wholeLine()) {
      int colon = line.indexOf(':');
      size += line.length();
      if (colon < 1 || size > MAX_HEAD) {
        throw new BadHttp("bad header line or too many headers");
      }
      headers.put(
        line.substring(0, colon).toLowerCase(Locale.ROOT),
        line.substring(colon + 1).strip()
      );
    }
    return headers;
  }

  private String body(Map<String, String> headers) throws IOException {
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    byte[] bytes = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"))
      ? chunks()
      : in.readExactly(size(headers.getOrDefault("content-length", "0"), 10, 0));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(0); size > 0; size = chunkSize(body.size())) {
      body.writeBytes(in.readExactly(size));
      wholeLine();
    }
    headers(); // trailers, which mean nothing here
    return body.toByteArray();
  }

  private int chunkSize(int already) throws IOException {
    return size(wholeLine().split(";", 2)[0].strip(), 16, already);
  }

  private static int size(String digits, int radix, int already) throws BadHttp {
    try {
      int size = Integer.parseUnsignedInt(digits, radix);
      if (size >= 0 && size <= MAX_BODY - already) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new BadHttp("not a length: " + digits);
    }
    throw new BadHttp("the body is over " + MAX_BODY + " bytes");
  }

  private String wholeLine() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("the request ended early");
    }
    return line;
  }

  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int character = in.read(); character != '\n'; character = in.read()) {
      if (character < 0) {
        return line.isEmpty() ? null : truncated();
      }
      if (line.length() >= MAX_HEAD) {
        throw new BadHttp("a line is over " + MAX_HEAD + " bytes");
      }
      line.append((char) character);
    }
    return line.isEmpty() || line.charAt(line.length() - 1) != '\r'
      ? line.toString()
      : line.substring(0, line.length() - 1);
  }

  private static String truncated() throws EOFException {
    throw new EOFException("the request ended inside a line");
  }

  private static Map<String, String> query(String text) throws BadHttp {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
    }
    return query;
  }

  private static String decoded(String text) throws BadHttp {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadHttp("not a query: " + text);
    }
  }
}
