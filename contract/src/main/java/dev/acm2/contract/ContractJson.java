package dev.acm2.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// How ACM2 writes JSON. Properties keep their declared order and maps are sorted, so equal values give
/// equal bytes: a digest of the text is a digest of the value.
public final class ContractJson {

  private static final int MAX_DEPTH = 50;

  /// For events and other records on topics: absent means null, unknown fields are ignored.
  public static final JsonMapper EVENTS = base(new JsonFactory())
    .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
    .build();

  /// For views and answers to clients: null is written, so that every field is always there.
  public static final JsonMapper VIEWS = base(new JsonFactory()).build();

  /// For input from people: unknown and doubled fields, fractions for whole numbers and nesting deeper
  /// than 50 are errors.
  public static final JsonMapper INPUT = base(
    JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
      .build()
  )
    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
    .build();

  private ContractJson() {}

  private static JsonMapper.Builder base(JsonFactory factory) {
    return JsonMapper.builder(factory)
      .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
      .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
      .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
  }
}
