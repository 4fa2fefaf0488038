package dev.acm2.gateway;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Sealed interfaces whose records say in a property of their own which of them they are.
final class TaggedTypes {

  private TaggedTypes() {}

  /// The property that names a record, and the name.
  record Tag(String property, String name) {}

  /// Whether the type is such an interface.
  static boolean isUnion(Class<?> type) {
    return (
      type.isSealed() &&
      type.isAnnotationPresent(JsonTypeInfo.class) &&
      type.isAnnotationPresent(JsonSubTypes.class)
    );
  }

  static List<Class<?>> variants(Class<?> union) {
    return types(union).stream().<Class<?>>map(JsonSubTypes.Type::value).toList();
  }

  /// How a record is named among its siblings; empty for one that has none.
  static Optional<Tag> tag(Class<?> type) {
    return Arrays.stream(type.getInterfaces())
      .filter(TaggedTypes::isUnion)
      .flatMap(union ->
        types(union)
          .stream()
          .filter(each -> each.value() == type)
          .map(each -> new Tag(union.getAnnotation(JsonTypeInfo.class).property(), each.name()))
      )
      .findFirst();
  }

  private static List<JsonSubTypes.Type> types(Class<?> union) {
    return List.of(union.getAnnotation(JsonSubTypes.class).value());
  }
}
