package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import dev.acm2.worker.provider.Answer.Defect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The Messages API of Anthropic. It does not count thoughts apart: they are in the output tokens.
final class AnthropicProtocol implements HttpProtocol {

  private static final String VERSION = "2023-06-01";
  /// Models from before structured output, which refuse the demand for it.
  private static final Pattern WITHOUT_SCHEMA = Pattern.compile(
    "claude-([23]|instant).*|claude-(opus|sonnet)-4(-[01])?(-\\d{8})?"
  );
  private static final int SMALLEST_BUDGET = 1024;
  private static final int USUAL_BUDGET = 8192;

  @Override
  public String path() {
    return "/v1/messages";
  }

  @Override
  public Map<String, String> headers(Secret key) {
    Map<String, String> headers = new HashMap<>(Map.of("anthropic-version", VERSION));
    if (!key.isBlank()) {
      headers.put("x-api-key", key.plain());
    }
    return headers;
  }

  @Override
  public JsonNode request(
    String model,
    String prompt,
    CallOptions options,
    @Nullable JsonNode schema
  ) {
    ObjectNode request = ContractJson.EVENTS.createObjectNode().put("model", model);
    request.put("max_tokens", options.maxOutputTokens());
    request.putArray("messages").addObject().put("role", "user").put("content", prompt);
    if (options.grounding() != Demand.OFF) {
      request
        .putArray("tools")
        .addObject()
        .put("type", "web_search_20250305")
        .put("name", "web_search")
        .put("max_uses", ModelCatalogue.MAX_SEARCHES);
    } else if (schema != null && !WITHOUT_SCHEMA.matcher(model).matches()) {
      // Not together with a search: its citations and a demanded form exclude each other.
      request
        .putObject("output_config")
        .putObject("format")
        .put("type", "json_schema")
        .set("schema", schema);
    }
    if (options.reasoning() != Demand.OFF && hasRoomToThink(options)) {
      request
        .putObject("thinking")
        .put("type", "enabled")
        .put("budget_tokens", budget(options.maxOutputTokens()));
    }
    return request;
  }

  /// The budget has to be at least 1024 and below the limit of the whole output.
  private static boolean hasRoomToThink(CallOptions options) {
    return options.maxOutputTokens() > SMALLEST_BUDGET;
  }

  private static int budget(int maxTokens) {
    return Math.max(SMALLEST_BUDGET, Math.min(USUAL_BUDGET, maxTokens / 2));
  }

  @Override
  public Optional<String> problem(String model, CallOptions options) {
    boolean inVain = options.reasoning() == Demand.REQUIRED && !hasRoomToThink(options);
    return inVain
      ? Optional.of("reasoning needs more than " + SMALLEST_BUDGET + " output tokens")
      : Optional.empty();
  }

  @Override
  public Answer read(JsonNode response) {
    String text = blocks(response, "text")
      .map(block -> block.path("text").asString(""))
      .collect(Collectors.joining());
    return new Answer(
      text,
      usage(response.path("usage")),
      searches(response.path("usage")),
      evidence(response),
      defect(response.path("stop_reason").asString(""))
    );
  }

  /// Tokens written to and read from the cache are input that `input_tokens` leaves out.
  private static @Nullable Usage usage(JsonNode usage) {
    Usage fresh = TokenCounts.read(usage, "input_tokens", "output_tokens");
    if (fresh == null) {
      return null;
    }
    long written = Math.max(0, usage.path("cache_creation_input_tokens").asLong(0));
    long cached = Math.max(0, usage.path("cache_read_input_tokens").asLong(0));
    long input = fresh.inputTokens() + written + cached;
    return new Usage(input, fresh.outputTokens(), 0, cached);
  }

  private static int searches(JsonNode usage) {
    JsonNode told = usage.path("server_tool_use").path("web_search_requests");
    return Math.max(0, told.asInt(0));
  }

  private static Evidence evidence(JsonNode response) {
    List<String> sources = blocks(response, "text")
      .flatMap(block -> block.path("citations").valueStream())
      .map(citation -> citation.path("url").asString(""))
      .filter(url -> !url.isBlank())
      .distinct()
      .toList();
    // A search that failed has an object with an error where the results would be.
    boolean searched = blocks(response, "web_search_tool_result").anyMatch(block ->
      block.path("content").isArray()
    );
    boolean reasoned = Stream.of("thinking", "redacted_thinking").anyMatch(type ->
      blocks(response, type).findAny().isPresent()
    );
    return new Evidence(searched || !sources.isEmpty(), reasoned, sources);
  }

  private static @Nullable Defect defect(String reason) {
    return switch (reason) {
      case "end_turn", "stop_sequence" -> null;
      case "max_tokens", "model_context_window_exceeded" -> new Defect(
        FailureKind.TRUNCATED_OUTPUT,
        "stopped at the limit of tokens: " + reason
      );
      case "pause_turn" -> new Defect(
        FailureKind.TRUNCATED_OUTPUT,
        "the provider paused a long turn, so the text is not whole"
      );
      case "refusal" -> new Defect(FailureKind.CONTENT_REFUSED, "the model refused");
      default -> new Defect(FailureKind.INVALID_OUTPUT, "unknown stop reason '" + reason + "'");
    };
  }

  private static Stream<JsonNode> blocks(JsonNode response, String type) {
    return response
      .path("content")
      .valueStream()
      .filter(block -> block.path("type").asString("").equals(type));
  }
}
