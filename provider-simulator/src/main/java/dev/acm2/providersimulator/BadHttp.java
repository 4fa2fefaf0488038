package dev.acm2.providersimulator;

import java.io.IOException;

/// The bytes are not an HTTP/1.1 request within the limits; the connection ends after a 400.
final class BadHttp extends IOException {

  private static final long serialVersionUID = 1;

  BadHttp(String message) {
    super(message);
  }
}
