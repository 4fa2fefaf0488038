package dev.acm2.worker.provider;

/// What an exchange waits for.
public sealed interface Stage {
  Stage CONNECTING = new Connecting();
  Stage FIRST_BYTE = new FirstByte();
  Stage SELF_TOLD = new SelfTold();

  /// The connection does not stand yet: the address, TCP and TLS.
  record Connecting() implements Stage {}

  /// The connection stands, and nothing of the answer has come. Its headers count as its first byte:
  /// from then on it is known that somebody answers.
  record FirstByte() implements Stage {}

  /// The headers have come.
  ///
  /// @param bytes of the body that have come, 0 or more
  record Body(int bytes) implements Stage {}

  /// Nobody can see from outside how far it is; it tells that in lines of its own.
  record SelfTold() implements Stage {}
}
