package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunSpec.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Documents of known quality, and judges that see it through noise, sometimes call a tie, and
/// lean to what they see first. Every answer is fixed beforehand, whether it is asked for or not.
record World(List<CallId> documents, List<Ask> schedule, Map<Ask, Vote> answers) {
  private static final double TIES = 0.05;

  static World of(
    long seed,
    int documents,
    int judges,
    int iterations,
    Order order,
    double differences,
    double leaning
  ) {
    SplittableRandom random = new SplittableRandom(seed);
    List<CallId> ids = IntStream.range(0, documents).mapToObj(Samples::document).toList();
    List<ModelId> models = IntStream.range(0, judges).mapToObj(Samples::judge).toList();
    Map<CallId, Double> quality = new HashMap<>();
    ids.forEach(id -> quality.put(id, random.nextGaussian() * differences));
    List<Ask> schedule = Pairing.schedule(ids, models, iterations, order, seed);
    Map<Ask, Vote> answers = new HashMap<>();
    for (Ask ask : schedule) {
      double first = quality.getOrDefault(ask.first(), 0.0) + leaning;
      double second = quality.getOrDefault(ask.second(), 0.0);
      answers.put(ask, vote(ask, winner(ask, first - second, random)));
    }
    return new World(ids, schedule, answers);
  }

  private static @Nullable CallId winner(Ask ask, double lead, SplittableRandom random) {
    if (random.nextDouble() < TIES) {
      return null;
    }
    return random.nextDouble() < 1 / (1 + Math.exp(-lead)) ? ask.first() : ask.second();
  }

  static Vote vote(Ask ask, @Nullable CallId winner) {
    return new Vote(ask.first(), ask.second(), winner, ask.judge(), ask.iteration());
  }

  List<Vote> votes() {
    return votes(schedule);
  }

  List<Vote> votes(List<Ask> asks) {
    List<Vote> votes = new ArrayList<>();
    for (Ask ask : asks) {
      Vote vote = answers.get(ask);
      if (vote == null) {
        throw new IllegalArgumentException("not in the schedule: " + ask);
      }
      votes.add(vote);
    }
    return votes;
  }
}
