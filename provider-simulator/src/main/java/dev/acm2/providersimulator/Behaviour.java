package dev.acm2.providersimulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the simulator treats one request of a model: a [Fault], or one of the records here for what
/// a fault name cannot say.
public sealed interface Behaviour
  permits
    Fault,
    Behaviour.Answer,
    Behaviour.Sized,
    Behaviour.Status,
    Behaviour.Raw,
    Behaviour.After,
    Behaviour.Once
{
  /// A composed answer after the drawn latency.
  Behaviour OK = new Answer(null);

  /// A complete answer that is no JSON and has none in it, whatever was asked for.
  Behaviour GARBAGE = new Answer("Both have merit, and I would rather not put a number on either.");

  /// What the ledger says when the exchange went as planned.
  String outcome();

  /// A complete answer with exactly this text.
  static Behaviour answer(String text) {
    return new Answer(text);
  }

  /// A verdict that satisfies the schema and has exactly so many bytes. A request that asks for no
  /// verdict, or for one that cannot be so short, is refused with 400.
  static Behaviour verdictOf(int bytes) {
    return new Sized(bytes);
  }

  /// An error in the provider's shape; `status` is 400 to 599.
  static Behaviour status(int status) {
    return new Status(status, null);
  }

  /// As [#status(int)] with a `Retry-After` header that is sent as it stands, sensible or not.
  static Behaviour status(int status, String retryAfter) {
    return new Status(status, retryAfter);
  }

  /// Any body under any status: HTML, `[]`, a byte order mark.
  static Behaviour raw(int status, String contentType, String body) {
    return new Raw(status, contentType, body, StandardCharsets.UTF_8);
  }

  /// `then`, after exactly this latency instead of the drawn one.
  static Behaviour after(Duration latency, Behaviour then) {
    return new After(latency, then);
  }

  /// `first` for the first request of each call, `then` for its others. Requests are of the same call
  /// when their `X-Client-Request-Id` is the same up to the first `-`; without one, when they are
  /// repeats of a prompt.
  static Behaviour onceThen(Behaviour first, Behaviour then) {
    return new Once(first, then);
  }

  /// Null text: composed from the prompt.
  record Answer(@Nullable String text) implements Behaviour {
    @Override
    public String outcome() {
      return LedgerEntry.OK;
    }
  }

  record Sized(int bytes) implements Behaviour {
    @Override
    public String outcome() {
      return LedgerEntry.OK;
    }
  }

  record Status(int status, @Nullable String retryAfter) implements Behaviour {
    public Status {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("an error status is 400 to 599, not " + status);
      }
    }

    @Override
    public String outcome() {
      return "STATUS_" + status;
    }
  }

  /// A body in ISO-8859-1 whose characters are above 127 is invalid UTF-8 on the wire.
  record Raw(int status, String contentType, String body, Charset charset) implements Behaviour {
    @Override
    public String outcome() {
      return "RAW";
    }
  }

  record After(Duration latency, Behaviour then) implements Behaviour {
    @Override
    public String outcome() {
      return then.outcome();
    }
  }

  record Once(Behaviour first, Behaviour then) implements Behaviour {
    @Override
    public String outcome() {
      return then.outcome();
    }
  }
}
