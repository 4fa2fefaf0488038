package dev.acm2.providersimulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is answered: status, headers besides the framing ones, body.
record Reply(
  int status,
  String contentType,
  Map<String, String> headers,
  String body,
  Charset charset
) {
  static Reply json(int status, String body) {
    return new Reply(status, "application/json", Map.of(), body, StandardCharsets.UTF_8);
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body, charset);
  }

  Reply withBody(String changed) {
    return new Reply(status, contentType, headers, changed, charset);
  }

  Reply as(String type, Charset encoding) {
    return new Reply(status, type, headers, body, encoding);
  }

  byte[] bytes() {
    return body.getBytes(charset);
  }

  /// Status line and headers up to the blank line; `framing` is the header that says where the body
  /// ends.
  String head(String framing) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + reason() + "\r\n");
    head.append("Content-Type: ").append(contentType).append("\r\n").append(framing).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  private String reason() {
    return switch (status / 100) {
      case 2 -> "OK";
      case 4 -> "Client Error";
      default -> "Server Error";
    };
  }
}
