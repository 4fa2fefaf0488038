package dev.acm2.worker.provider;

/// The protocols that can be configured.
public enum Protocol {
  OPENAI_RESPONSES(new ResponsesProtocol()),
  CHAT_COMPLETIONS(new ChatCompletionsProtocol()),
  GEMINI(new GeminiProtocol()),
  ANTHROPIC_MESSAGES(new AnthropicProtocol()),
  OPENROUTER(new OpenRouterProtocol()),
  /// A program on this machine.
  COMMAND(new CommandProtocol());

  private final ProviderProtocol wire;

  Protocol(ProviderProtocol wire) {
    this.wire = wire;
  }

  public ProviderProtocol wire() {
    return wire;
  }

  HttpProtocol overHttp() {
    return switch (wire) {
      case HttpProtocol http -> http;
      case CommandProtocol _ -> throw new IllegalArgumentException(this + " has no address");
    };
  }
}
