package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunSpec.Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The whole plan of comparing some documents: every pair, judge and iteration.
final class Pairing {

  private Pairing() {}

  /// All comparisons, by iteration, judge and pair. It depends on the sets of documents and of
  /// judges, not on their order.
  ///
  /// With BOTH each pair is asked twice, one order right after the other. With BALANCED it is
  /// asked once, and each order as often as the other (or once more): for every pair over its
  /// judges and iterations, for every judge, and altogether.
  ///
  /// @param iterations how often each judge is asked the same, 1 or more
  /// @param seed decides which order comes first, or which one a lone question gets
  static List<Ask> schedule(
    Collection<CallId> documents,
    Collection<ModelId> judges,
    int iterations,
    Order order,
    long seed
  ) {
    List<Pair> pairs = pairs(documents.stream().distinct().sorted().toList(), seed);
    List<ModelId> sorted = judges.stream().distinct().sorted().toList();
    List<Ask> asks = new ArrayList<>();
    for (int iteration = 1; iteration <= iterations; iteration++) {
      for (int judge = 0; judge < sorted.size(); judge++) {
        for (Pair pair : pairs) {
          boolean turned = (pair.number() + judge + iteration) % 2 == 0;
          asks.addAll(asks(turned ? pair.turned() : pair, sorted.get(judge), iteration, order));
        }
      }
    }
    return asks;
  }

  private record Pair(CallId first, CallId second, int number) {
    Pair turned() {
      return new Pair(second, first, number);
    }
  }

  private static List<Ask> asks(Pair pair, ModelId judge, int iteration, Order order) {
    Ask ask = new Ask(pair.first(), pair.second(), judge, iteration);
    Ask turned = new Ask(pair.second(), pair.first(), judge, iteration);
    return switch (order) {
      case BOTH -> List.of(ask, turned);
      case BALANCED -> List.of(ask);
    };
  }

  /// The pairs in the order of their documents. Their numbers are drawn: with the parity of pair,
  /// judge and iteration together the orders alternate along each of the three.
  private static List<Pair> pairs(List<CallId> documents, long seed) {
    int size = (documents.size() * (documents.size() - 1)) / 2;
    List<Integer> numbers = shuffled(size, new Draws(seed));
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      for (int j = i + 1; j < documents.size(); j++) {
        pairs.add(new Pair(documents.get(i), documents.get(j), numbers.get(pairs.size())));
      }
    }
    return pairs;
  }

  private static List<Integer> shuffled(int size, Draws draws) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    for (int i = size - 1; i > 0; i--) {
      Collections.swap(numbers, i, draws.below(i + 1));
    }
    return numbers;
  }
}
