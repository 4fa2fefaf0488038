package dev.acm2.contract;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Checks what the compiler promises and JSON does not: that every component of a record that is not
/// `@Nullable` holds a value.
public final class Required {

  private Required() {}

  /// @throws IllegalArgumentException that names the first missing component, as a path
  public static void check(Record value) {
    check(value, "");
  }

  private static void check(Record value, String path) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String name = path + component.getName();
      Object held = read(component, value);
      if (held == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        throw new IllegalArgumentException(name + " is missing");
      }
      descend(held, name);
    }
  }

  private static void descend(@Nullable Object held, String name) {
    if (held instanceof Record nested) {
      check(nested, name + ".");
    } else if (held instanceof Collection<?> many) {
      many.forEach(item -> requireItem(item, name));
    }
  }

  private static void requireItem(@Nullable Object item, String name) {
    if (item == null) {
      throw new IllegalArgumentException(name + " holds a null");
    }
    descend(item, name + "[]");
  }

  private static @Nullable Object read(RecordComponent component, Record value) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
