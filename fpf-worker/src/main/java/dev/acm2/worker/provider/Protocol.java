package dev.acm2.worker.provider;

/// The protocols that can be configured.
public enum Protocol {
  OPENAI_RESPONSES(new ResponsesProtocol()),
  CHAT_COMPLETIONS(new ChatCompletionsProtocol());

  private final ProviderProtocol wire;

  Protocol(ProviderProtocol wire) {
    this.wire = wire;
  }

  public ProviderProtocol wire() {
    return wire;
  }
}
