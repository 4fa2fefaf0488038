package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import dev.acm2.worker.provider.Answer.Defect;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Google's `generateContent`. The key goes in a header, so that it is in no address and no log of
/// one.
final class GeminiProtocol implements HttpProtocol {

  @Override
  public String path() {
    return "/v1beta/models";
  }

  @Override
  public URI address(URI resource, String model) {
    String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create(resource + "/" + name + ":generateContent");
  }

  @Override
  public Map<String, String> headers(Secret key) {
    return key.isBlank() ? Map.of() : Map.of("x-goog-api-key", key.plain());
  }

  @Override
  public JsonNode request(
    String model,
    String prompt,
    CallOptions options,
    @Nullable JsonNode schema
  ) {
    ObjectNode request = ContractJson.EVENTS.createObjectNode();
    ObjectNode content = request.putArray("contents").addObject().put("role", "user");
    content.putArray("parts").addObject().put("text", prompt);
    if (options.grounding() != Demand.OFF) {
      request.putArray("tools").addObject().putObject("google_search");
    }
    ObjectNode config = request
      .putObject("generationConfig")
      .put("maxOutputTokens", options.maxOutputTokens());
    if (schema != null && takesSchema(model, options)) {
      config.put("responseMimeType", "application/json").set("responseJsonSchema", schema);
    }
    GeminiThinking.of(model).configure(model, options, config);
    return request;
  }

  /// Up to 2.5 a request with a search and a demanded form is refused.
  private static boolean takesSchema(String model, CallOptions options) {
    return (
      options.grounding() == Demand.OFF ||
      GeminiGeneration.of(model).filter(GeminiGeneration::isThreeOrLater).isPresent()
    );
  }

  @Override
  public Optional<String> problem(String model, CallOptions options) {
    boolean inVain =
      options.reasoning() == Demand.REQUIRED && GeminiThinking.of(model) == GeminiThinking.NONE;
    return inVain
      ? Optional.of("reasoning is required, and no way to ask " + model + " for it is known")
      : Optional.empty();
  }

  @Override
  public Answer read(JsonNode response) {
    JsonNode candidate = response.path("candidates").path(0);
    String text = parts(candidate)
      .filter(part -> !isThought(part))
      .map(part -> part.path("text").asString(""))
      .collect(Collectors.joining());
    Usage usage = usage(response.path("usageMetadata"));
    return new Answer(
      text,
      usage,
      searches(response, candidate),
      evidence(candidate, usage),
      defect(response, candidate)
    );
  }

  /// Up to 2.5 a prompt that was grounded is charged once, from 3 on every different query is. Of
  /// an answer that does not name its model the larger number counts.
  private static int searches(JsonNode response, JsonNode candidate) {
    int queries = (int) queries(candidate).distinct().count();
    if (queries == 0 && candidate.path("groundingMetadata").path("groundingChunks").isEmpty()) {
      return 0;
    }
    boolean byPrompt = GeminiGeneration.of(response.path("modelVersion").asString(""))
      .filter(generation -> !generation.isThreeOrLater())
      .isPresent();
    return byPrompt ? 1 : Math.max(1, queries);
  }

  private static Stream<String> queries(JsonNode candidate) {
    return candidate
      .path("groundingMetadata")
      .path("webSearchQueries")
      .valueStream()
      .map(query -> query.asString(""))
      .filter(query -> !query.isBlank());
  }

  /// Google counts thoughts and the results of tools apart, and bills both.
  private static @Nullable Usage usage(JsonNode usage) {
    if (!usage.path("promptTokenCount").isIntegralNumber()) {
      return null;
    }
    long input = count(usage, "promptTokenCount") + count(usage, "toolUsePromptTokenCount");
    long thoughts = count(usage, "thoughtsTokenCount");
    long output = count(usage, "candidatesTokenCount") + thoughts;
    long cached = Math.min(count(usage, "cachedContentTokenCount"), input);
    return new Usage(input, output, thoughts, cached);
  }

  private static long count(JsonNode usage, String name) {
    return Math.max(0, usage.path(name).asLong(0));
  }

  private static Evidence evidence(JsonNode candidate, @Nullable Usage usage) {
    JsonNode grounding = candidate.path("groundingMetadata");
    List<String> sources = Stream.concat(chunks(grounding), citations(candidate))
      .filter(uri -> !uri.isBlank())
      .distinct()
      .toList();
    boolean searched = queries(candidate).findAny().isPresent();
    boolean reasoned =
      (usage != null && usage.reasoningTokens() > 0) ||
      parts(candidate).anyMatch(GeminiProtocol::isThought);
    return new Evidence(searched || !sources.isEmpty(), reasoned, sources);
  }

  private static Stream<String> chunks(JsonNode grounding) {
    return grounding
      .path("groundingChunks")
      .valueStream()
      .map(chunk -> chunk.path("web").path("uri").asString(""));
  }

  private static Stream<String> citations(JsonNode candidate) {
    JsonNode metadata = candidate.path("citationMetadata");
    return Stream.concat(
      metadata.path("citationSources").valueStream(),
      metadata.path("citations").valueStream()
    ).map(citation -> citation.path("uri").asString(""));
  }

  private static @Nullable Defect defect(JsonNode response, JsonNode candidate) {
    String blocked = response.path("promptFeedback").path("blockReason").asString("");
    if (!blocked.isBlank()) {
      return new Defect(FailureKind.CONTENT_REFUSED, "the prompt was blocked: " + blocked);
    }
    String reason = candidate.path("finishReason").asString("");
    return switch (reason) {
      case "STOP" -> null;
      case "MAX_TOKENS" -> new Defect(
        FailureKind.TRUNCATED_OUTPUT,
        "stopped at the limit of output tokens"
      );
      case "SAFETY", "RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII" -> new Defect(
        FailureKind.CONTENT_REFUSED,
        "stopped by the provider: " + reason
      );
      default -> new Defect(FailureKind.INVALID_OUTPUT, "unknown finish reason '" + reason + "'");
    };
  }

  private static Stream<JsonNode> parts(JsonNode candidate) {
    return candidate.path("content").path("parts").valueStream();
  }

  private static boolean isThought(JsonNode part) {
    return part.path("thought").asBoolean(false);
  }
}
