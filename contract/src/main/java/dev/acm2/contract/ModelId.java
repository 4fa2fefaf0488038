package dev.acm2.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A model of a provider, written `provider:model`. Only the first colon separates: the model's own
/// name may hold more of them (`openrouter:meta/llama-3:free`).
public record ModelId(String provider, String model) implements Comparable<ModelId> {
  /// @throws IllegalArgumentException when provider or model is missing
  @JsonCreator
  public static ModelId parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new IllegalArgumentException("not of the form provider:model: " + text);
    }
    return new ModelId(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public int compareTo(ModelId other) {
    return toString().compareTo(other.toString());
  }

  @JsonValue
  @Override
  public String toString() {
    return provider + ":" + model;
  }
}
