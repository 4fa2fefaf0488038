package dev.acm2.worker.provider;

import dev.acm2.contract.ContractJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// How an exchange ended. Each says what had arrived by then.
public sealed interface ExchangeEnd {
  Arrived arrived();

  /// The same end with other bytes.
  ExchangeEnd with(Arrived other);

  /// To the last byte.
  record Complete(Arrived arrived) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new Complete(other);
    }
  }

  /// By an error of the network.
  ///
  /// @param sent false when it is certain that the provider saw nothing of the request
  record Broken(Arrived arrived, boolean sent, String reason) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new Broken(other, sent, reason);
    }
  }

  /// The last byte had not come within the limit.
  record TimedOut(Arrived arrived, Duration limit) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new TimedOut(other, limit);
    }
  }

  /// The body was larger than [HttpExchanges#BODY_LIMIT] and was cut.
  record TooLarge(Arrived arrived) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new TooLarge(other);
    }
  }

  /// Somebody here aborted it.
  record Aborted(Arrived arrived) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new Aborted(other);
    }
  }

  /// A program ended by itself. What it wrote to its standard error is what arrived.
  ///
  /// @param output what it wrote to its standard output
  record Exited(Arrived arrived, int exitCode, byte[] output) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new Exited(other, exitCode, output);
    }

    /// What a protocol reads.
    ObjectNode report() {
      return ContractJson.EVENTS.createObjectNode()
        .put("stdout", output)
        .put("stderr", new String(arrived.body(), StandardCharsets.UTF_8));
    }

    /// The last thing it said, most often why it failed.
    String lastLine() {
      return new String(arrived.body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce("", (_, line) -> line);
    }
  }
}
