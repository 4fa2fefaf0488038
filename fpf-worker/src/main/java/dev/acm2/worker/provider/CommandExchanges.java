package dev.acm2.worker.provider;

import dev.acm2.contract.ContractJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Runs programs. A program sees of the worker's environment only what every program needs: no key
/// but its own, and no password.
final class CommandExchanges implements AutoCloseable {

  private static final Set<String> HANDED_ON = Set.of(
    "PATH",
    "HOME",
    "USER",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR"
  );
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Set<CommandExchange> running = ConcurrentHashMap.newKeySet();

  Exchange open(Target.Program program, ProviderRequest request) {
    JsonNode asked = ContractJson.EVENTS.readTree(request.body());
    ProcessBuilder builder = new ProcessBuilder(OwnSession.of(program.command()));
    builder.environment().keySet().retainAll(HANDED_ON);
    builder.environment().putAll(variables(asked, request));
    if (program.keyVariable() != null && !request.provider().key().isBlank()) {
      builder.environment().put(program.keyVariable(), request.provider().key().plain());
    }
    byte[] prompt = asked.path("prompt").asString("").getBytes(StandardCharsets.UTF_8);
    CommandExchange exchange = new CommandExchange(
      builder,
      prompt,
      CommandExchange.MARK + "=" + request.requestId(),
      request.lines(),
      running::remove
    );
    running.add(exchange);
    exchange.start();
    return exchange;
  }

  private static Map<String, String> variables(JsonNode asked, ProviderRequest request) {
    Map<String, String> variables = new HashMap<>();
    variables.put(CommandExchange.MARK, request.requestId());
    variables.put("ACM2_MODEL", request.model());
    variables.put("ACM2_MAX_OUTPUT_TOKENS", asked.path("max_output_tokens").asString(""));
    variables.put("ACM2_GROUNDING", asked.path("grounding").asString(""));
    variables.put("ACM2_REASONING", asked.path("reasoning").asString(""));
    if (asked.has("json_schema")) {
      variables.put("ACM2_JSON_SCHEMA", asked.path("json_schema").toString());
    }
    return variables;
  }

  /// Kills what still runs, and returns when it is gone.
  @Override
  public void close() {
    running.forEach(CommandExchange::abort);
    running.forEach(exchange -> exchange.await(PATIENCE));
  }
}
