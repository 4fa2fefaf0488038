package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.worker.provider.Answer.Defect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A program on this machine: the prompt on its standard input, the answer on its standard output.
/// Lines of its standard error that are JSON objects may tell `usage`, `cost_usd` and `source`; the
/// last usage and the last cost count, and every source.
public final class CommandProtocol implements ProviderProtocol {

  CommandProtocol() {}

  /// What [CommandExchanges] gives the program, the prompt on its standard input and the rest in
  /// its environment.
  @Override
  public JsonNode request(
    String model,
    String prompt,
    CallOptions options,
    @Nullable JsonNode schema
  ) {
    ObjectNode request = ContractJson.EVENTS.createObjectNode()
      .put("model", model)
      .put("prompt", prompt)
      .put("max_output_tokens", options.maxOutputTokens())
      .put("grounding", options.grounding().name())
      .put("reasoning", options.reasoning().name());
    if (schema != null) {
      request.set("json_schema", schema);
    }
    return request;
  }

  /// @param response what [ExchangeEnd.Exited#report] says
  @Override
  public Answer read(JsonNode response) {
    List<JsonNode> told = response
      .path("stderr")
      .asString("")
      .lines()
      .map(CommandProtocol::object)
      .flatMap(Optional::stream)
      .toList();
    Usage usage = last(told, line ->
      TokenCounts.read(line.path("usage"), "input_tokens", "output_tokens")
    );
    List<String> sources = told
      .stream()
      .map(line -> line.path("source").asString(""))
      .filter(source -> !source.isBlank())
      .distinct()
      .toList();
    boolean reasoned = usage != null && usage.reasoningTokens() > 0;
    Evidence evidence = new Evidence(!sources.isEmpty(), reasoned, sources);
    Usd cost = last(told, line -> cost(line.path("cost_usd")));
    try {
      return new Answer(text(response), usage, 0, evidence, null, cost);
    } catch (CharacterCodingException e) {
      Defect noText = new Defect(FailureKind.INVALID_OUTPUT, "the output is no UTF-8 text");
      return new Answer("", usage, 0, evidence, noText, cost);
    }
  }

  private static String text(JsonNode response) throws CharacterCodingException {
    byte[] stdout = response.path("stdout").binaryValue();
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(stdout)).toString();
  }

  private static <T> @Nullable T last(List<JsonNode> lines, Function<JsonNode, @Nullable T> read) {
    T found = null;
    for (JsonNode line : lines) {
      T here = read.apply(line);
      found = here == null ? found : here;
    }
    return found;
  }

  private static @Nullable Usd cost(JsonNode cost) {
    return cost.isNumber() && cost.decimalValue().signum() >= 0
      ? Usd.of(cost.decimalValue())
      : null;
  }

  private static Optional<JsonNode> object(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(ContractJson.EVENTS.readTree(line));
    } catch (JacksonException notJson) {
      // A line for people; it is kept with the others and tells nothing about the call.
      return Optional.empty();
    }
  }
}
