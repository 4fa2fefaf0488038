package dev.acm2.cli;

import dev.acm2.cli.VerifyCommand.Invariant;
import dev.acm2.cli.VerifyCommand.Verified;
import dev.acm2.contract.ContractJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a verification is told.
final class VerifyReport {

  private VerifyReport() {}

  static List<String> lines(Verified verified, @Nullable Invariant i5) {
    List<String> lines = new ArrayList<>();
    verified.invariants().forEach(invariant -> lines.add(line(invariant)));
    if (i5 != null) {
      lines.add(line(i5));
    }
    verified.differences().forEach(each -> lines.add("  differs: " + Format.line(each)));
    lines.add("digest " + verified.digest());
    return lines;
  }

  private static String line(Invariant invariant) {
    return "%-3s %-8s %s".formatted(
      invariant.id(),
      invariant.ok() ? "holds" : "VIOLATED",
      Format.line(invariant.detail())
    );
  }

  /// The gateway's answer with I5 among the invariants, and `ok` about all of them.
  static JsonNode json(String answer, @Nullable Invariant i5) {
    JsonNode report = ContractJson.VIEWS.readTree(answer);
    if (
      i5 != null &&
      report instanceof ObjectNode object &&
      object.get("invariants") instanceof ArrayNode invariants
    ) {
      invariants.add(ContractJson.VIEWS.<JsonNode>valueToTree(i5));
      object.put("ok", object.path("ok").asBoolean(false) && i5.ok());
    }
    return report;
  }
}
