package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.RunSubmission.Author;
import dev.acm2.contract.RunSubmission.Reuse;
import dev.acm2.contract.RunSubmission.Reused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks which documents of another run a submission wants to judge; the first thing that is wrong is
/// thrown as a [Problem] that names the field. Whether the texts exist is found out when they are read;
/// that there is such a run is not checked, as only its texts count.
final class ReuseCheck {

  /// They are named in one record of the log, which is at most 1 MiB large.
  static final int MAX_OUTPUTS = 1000;

  private final Set<String> documents;
  private final Map<String, Integer> iterations = new HashMap<>();
  private final Set<Reused> known = new HashSet<>();

  private ReuseCheck(RunSubmission run, Defaults defaults) {
    documents = requireNonNull(run.documents())
      .stream()
      .map(document -> Texts.fileName("documents", requireNonNull(document).name()))
      .collect(Collectors.toSet());
    for (Author author : authors(run)) {
      int asked = requireNonNullElse(author.iterations(), defaults.iterations());
      iterations.put(requireNonNull(author.model()), asked);
    }
  }

  /// @param run whose documents and models passed [SubmissionCheck]
  static void check(RunSubmission run, Defaults defaults) {
    Reuse reuse = run.reuse();
    if (reuse == null) {
      return;
    }
    if (run.evaluation() == null) {
      throw invalid("evaluation", "is required: the documents of another run can only be judged");
    }
    checkRun(Texts.required("reuse.run", reuse.run()));
    new ReuseCheck(run, defaults).checkOutputs(reuse.outputs());
  }

  private static List<Author> authors(RunSubmission run) {
    return requireNonNull(requireNonNull(run.generation()).models())
      .stream()
      .map(Objects::requireNonNull)
      .toList();
  }

  private static void checkRun(String id) {
    try {
      RunId.parse(id);
    } catch (IllegalArgumentException e) {
      throw invalid("reuse.run", "is not the id of a run");
    }
  }

  private void checkOutputs(@Nullable List<@Nullable Reused> outputs) {
    if (outputs == null || outputs.isEmpty()) {
      throw invalid("reuse.outputs", "needs at least one document");
    }
    if (outputs.size() > MAX_OUTPUTS) {
      throw Problem.invalid(
        "run-too-large",
        "reuse.outputs",
        outputs.size() + " documents; at most " + MAX_OUTPUTS + " can be evaluated again"
      );
    }
    for (int i = 0; i < outputs.size(); i++) {
      check("reuse.outputs[" + i + "]", outputs.get(i));
    }
  }

  private void check(String field, @Nullable Reused output) {
    if (output == null) {
      throw invalid(field, "is null");
    }
    String document = Texts.fileName(field + ".document", output.document());
    String model = Texts.required(field + ".model", output.model());
    Integer iteration = output.iteration();
    if (!documents.contains(document)) {
      throw invalid(field + ".document", "is none of the documents");
    }
    Integer most = iterations.get(model);
    if (most == null) {
      throw invalid(field + ".model", "is none of generation.models");
    }
    if (iteration == null || iteration < 1 || iteration > most) {
      throw invalid(field + ".iteration", "must be 1 to " + most + ", not " + iteration);
    }
    if (!ArtifactRef.isSha256(Texts.required(field + ".artifact", output.artifact()))) {
      throw invalid(field + ".artifact", "is not a SHA-256 digest");
    }
    Double earlier = output.earlierScore();
    if (earlier != null && !Double.isFinite(earlier)) {
      throw invalid(field + ".earlierScore", "is not a number");
    }
    if (!known.add(new Reused(document, model, iteration, null))) {
      throw Problem.invalid("duplicate-name", field, field + " is listed twice");
    }
  }

  private static Problem invalid(String field, String what) {
    return Problem.invalid("validation", field, field + " " + what);
  }
}
