package dev.acm2.contract;

sealed interface T {
  record A(int x) implements T {}

  record B(String y) implements T {}

  static int f(T t) {
    return switch (t) {
      case A(var x) -> x;
      case B(_) -> 2;
    };
  }
}
