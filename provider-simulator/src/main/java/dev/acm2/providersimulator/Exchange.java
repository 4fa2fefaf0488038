package dev.acm2.providersimulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Carries a plan out on one connection and tells the ledger how it ended. Raw sockets, because a
/// reset and a silence after half a body cannot be had from an HTTP library, and a client that goes
/// away must be noticed while nothing is being written.
final class Exchange {

  private static final Duration TRICKLE_EVERY = Duration.ofSeconds(1);

  private final Socket socket;
  private final ConnectionInput in;
  private final OutputStream out;
  private final Ledger ledger;
  private final InstantSource clock;

  Exchange(
    Socket socket,
    ConnectionInput in,
    OutputStream out,
    Ledger ledger,
    InstantSource clock
  ) {
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// True when the connection can carry another request.
  boolean run(ProviderApi.Handled handled, Instant receivedAt) throws IOException {
    long sequence = ledger.arrive(receivedAt, handled.arrival());
    Progress progress = new Progress(sequence, handled.plan());
    try {
      return deliver(handled.plan(), progress);
    } finally {
      progress.endUnlessEnded();
    }
  }

  /// Answers without an entry in the ledger.
  void answer(Reply reply) throws IOException {
    byte[] body = reply.bytes();
    write(reply.head("Content-Length: " + body.length));
    out.write(body);
    out.flush();
  }

  private boolean deliver(Plan plan, Progress progress) throws IOException {
    if (plan.delivery() == Plan.Delivery.NOTHING_FOR_EVER) {
      in.untilGone();
      return false;
    }
    if (!in.staysOpenFor(plan.latency())) {
      return false;
    }
    return switch (plan.delivery()) {
      case WHOLE -> whole(plan.reply(), progress);
      case NOTHING_FOR_EVER -> false;
      case HALF_THEN_NOTHING -> {
        half(plan.reply(), progress);
        in.untilGone();
        yield false;
      }
      case BYTE_BY_BYTE_FOR_EVER -> trickle(plan.reply(), progress);
      case RESET -> reset(progress);
      case HALF_THEN_RESET -> {
        half(plan.reply(), progress);
        yield reset(progress);
      }
    };
  }

  private boolean whole(Reply reply, Progress progress) throws IOException {
    progress.sent(reply.status());
    progress.endAsPlanned();
    try {
      answer(reply);
    } catch (IOException e) {
      progress.undelivered();
      throw e;
    }
    return true;
  }

  private void half(Reply reply, Progress progress) throws IOException {
    byte[] body = reply.bytes();
    write(reply.head("Content-Length: " + body.length));
    out.write(body, 0, body.length / 2);
    out.flush();
    progress.sent(reply.status());
  }

  /// Chunks of one byte; the body's last byte is never sent, blanks are instead.
  private boolean trickle(Reply reply, Progress progress) throws IOException {
    byte[] body = reply.bytes();
    write(reply.head("Transfer-Encoding: chunked"));
    out.flush();
    progress.sent(reply.status());
    for (int at = 0; in.staysOpenFor(TRICKLE_EVERY); at++) {
      byte next = at < body.length - 1 ? body[at] : (byte) ' ';
      out.write(new byte[] { '1', '\r', '\n', next, '\r', '\n' });
      out.flush();
    }
    return false;
  }

  private boolean reset(Progress progress) throws IOException {
    progress.endAsPlanned();
    socket.setSoLinger(true, 0);
    socket.close();
    return false;
  }

  private void write(String head) throws IOException {
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// How far one exchange has come. A fault that was at work keeps its name whoever ends the
  /// exchange; anything else that is broken off is CLIENT_GONE or SIMULATOR_CLOSED.
  private final class Progress {

    private final long sequence;
    private final Plan plan;
    private @Nullable Integer status;
    private boolean ended;

    Progress(long sequence, Plan plan) {
      this.sequence = sequence;
      this.plan = plan;
    }

    void sent(int httpStatus) {
      status = httpStatus;
    }

    void endAsPlanned() {
      end(plan.outcome(), false);
    }

    void undelivered() {
      ledger.undelivered(sequence, brokenOff(), !socket.isClosed());
    }

    void endUnlessEnded() {
      if (!ended) {
        end(brokenOff(), !socket.isClosed());
      }
    }

    private void end(String outcome, boolean clientGone) {
      ended = true;
      ledger.finish(sequence, clock.instant(), outcome, status, clientGone);
    }

    private String brokenOff() {
      String cut = socket.isClosed() ? LedgerEntry.SIMULATOR_CLOSED : LedgerEntry.CLIENT_GONE;
      return faultLanded() ? plan.outcome() : cut;
    }

    private boolean faultLanded() {
      return (
        plan.delivery() == Plan.Delivery.NOTHING_FOR_EVER ||
        (plan.delivery() != Plan.Delivery.WHOLE && status != null)
      );
    }
  }
}
