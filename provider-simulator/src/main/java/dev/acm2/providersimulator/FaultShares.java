package dev.acm2.providersimulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The share of requests that each fault takes, 0 to 1 each and at most 1 together.
public record FaultShares(Map<Fault, Double> shares) {
  public static final FaultShares NONE = new FaultShares(Map.of());

  public FaultShares {
    EnumMap<Fault, Double> copy = new EnumMap<>(Fault.class);
    copy.putAll(shares);
    copy.forEach(FaultShares::requireShare);
    double sum = copy.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException("fault shares add up to " + sum + ", more than 1");
    }
    shares = Collections.unmodifiableMap(copy);
  }

  public static FaultShares of(Fault fault, double share) {
    return NONE.with(fault, share);
  }

  /// Reads `rate-limit=0.02,server-error=0.01`; an empty text means no faults.
  public static FaultShares parse(String text) {
    FaultShares parsed = NONE;
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String[] pair = part.strip().split("=", -1);
      if (pair.length != 2) {
        throw new IllegalArgumentException("a fault share reads name=share, not '" + part + "'");
      }
      parsed = parsed.with(Fault.named(pair[0].strip()), Double.parseDouble(pair[1].strip()));
    }
    return parsed;
  }

  /// The same shares but for this fault; 0 switches it off.
  public FaultShares with(Fault fault, double share) {
    Map<Fault, Double> changed = new LinkedHashMap<>(shares);
    changed.put(fault, share);
    return new FaultShares(changed);
  }

  public double share(Fault fault) {
    return shares.getOrDefault(fault, 0.0);
  }

  /// The fault that a uniform `point` in [0, 1) falls on, null for none.
  @Nullable
  Fault at(double point) {
    double edge = 0;
    for (Map.Entry<Fault, Double> entry : shares.entrySet()) {
      edge += entry.getValue();
      if (point < edge) {
        return entry.getKey();
      }
    }
    return null;
  }

  private static void requireShare(Fault fault, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
        "the share of " + fault.label() + " is 0 to 1, not " + share
      );
    }
  }
}
