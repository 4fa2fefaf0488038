package dev.acm2.worker.provider;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/// The body of a request, which knows whether the connection stands: the client asks for the body as
/// soon as there is one (with TLS after the handshake), also when it is one of an earlier request.
final class SentBody implements BodyPublisher {

  private final BodyPublisher bytes;
  private volatile boolean askedFor;

  SentBody(byte[] bytes) {
    this.bytes = BodyPublishers.ofByteArray(bytes);
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> connection) {
    askedFor = true;
    bytes.subscribe(connection);
  }

  boolean isAskedFor() {
    return askedFor;
  }
}
