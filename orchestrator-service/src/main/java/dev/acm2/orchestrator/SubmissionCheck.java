package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNullElse;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.RunSubmission.Author;
import dev.acm2.contract.RunSubmission.Document;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks all of a submission that can be checked without looking anything up; the first thing that is
/// wrong is thrown as a [Problem] that names the field.
record SubmissionCheck(KnownModels models, Defaults defaults) {
  static final int MAX_DOCUMENTS = 1000;
  static final int MAX_MODELS = 100;
  static final int MAX_CALLS = 100_000;
  static final int MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;

  private static final int MAX_ITERATIONS = 1000;
  private static final BigDecimal MAX_COST = BigDecimal.valueOf(1_000_000);
  private static final int MAX_SCALE = 9;

  void check(RunSubmission run) {
    String name = Texts.required("name", run.name());
    if (name.codePointCount(0, name.length()) > Texts.NAME_LENGTH) {
      throw Problem.invalid("validation", "name", "name is longer than 200 characters");
    }
    Texts.required("instructions", run.instructions());
    List<@Nullable Document> documents = documents(run);
    List<@Nullable Author> authors = authors(run);
    checkDocuments(documents);
    checkAuthors(authors);
    long ofSource = perSource(authors);
    ReuseCheck.check(run, defaults);
    new EvaluationCheck(models).check(run, ofSource);
    checkCalls(run, documents.size(), ofSource);
    if (run.limits() != null) {
      cost("limits.maxCostUsd", run.limits().maxCostUsd());
    }
    checkLimits(defaults.fill(run.limits()));
  }

  private static List<@Nullable Document> documents(RunSubmission run) {
    List<@Nullable Document> documents = run.documents();
    if (documents == null || documents.isEmpty()) {
      throw Problem.invalid("validation", "documents", "a run needs at least one document");
    }
    atMost("documents", documents.size(), MAX_DOCUMENTS, "documents");
    return documents;
  }

  private static List<@Nullable Author> authors(RunSubmission run) {
    RunSubmission.Generation generation = run.generation();
    List<@Nullable Author> authors = generation == null ? null : generation.models();
    if (authors == null || authors.isEmpty()) {
      throw Problem.invalid("validation", "generation.models", "a run needs at least one model");
    }
    atMost("generation.models", authors.size(), MAX_MODELS, "models");
    return authors;
  }

  private static void atMost(String field, long count, long most, String what) {
    if (count > most) {
      throw Problem.invalid(
        "run-too-large",
        field,
        count + " " + what + "; a run has at most " + most
      );
    }
  }

  private static void checkDocuments(List<@Nullable Document> documents) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < documents.size(); i++) {
      String field = "documents[" + i + "]";
      Document document = documents.get(i);
      if (document == null) {
        throw Problem.invalid("validation", field, field + " is null");
      }
      String name = Texts.fileName(field + ".name", document.name());
      if (!names.add(name)) {
        throw Problem.invalid("duplicate-name", field + ".name", "two documents are named " + name);
      }
      checkContent(field, document);
    }
  }

  private static void checkContent(String field, Document document) {
    String content = document.content();
    String artifact = document.artifact();
    if ((content == null) == (artifact == null)) {
      throw Problem.invalid("validation", field, field + " needs either a content or an artifact");
    }
    if (content != null) {
      checkText(field + ".content", content);
    } else if (artifact != null && !ArtifactRef.isSha256(artifact)) {
      throw Problem.invalid(
        "validation",
        field + ".artifact",
        field + ".artifact is not a SHA-256 digest of 64 lower case hexadecimal digits"
      );
    }
  }

  private static void checkText(String field, String content) {
    Texts.check(field, content);
    if (content.isEmpty()) {
      throw Problem.invalid("empty-document", field, field + " is empty");
    }
    if (content.getBytes(StandardCharsets.UTF_8).length > MAX_DOCUMENT_BYTES) {
      throw Problem.invalid("document-too-large", field, field + " is larger than 5 MiB");
    }
  }

  private void checkAuthors(List<@Nullable Author> authors) {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < authors.size(); i++) {
      String field = "generation.models[" + i + "]";
      Author author = authors.get(i);
      if (author == null) {
        throw Problem.invalid("validation", field, field + " is null");
      }
      Model model = model(field + ".model", author);
      if (!known.add(String.valueOf(author.model()))) {
        throw Problem.invalid(
          "duplicate-name",
          field + ".model",
          author.model() + " is listed twice"
        );
      }
      between(field + ".iterations", author.iterations(), MAX_ITERATIONS);
      between(field + ".maxOutputTokens", author.maxOutputTokens(), model.maxOutputTokens());
    }
  }

  private Model model(String field, Author author) {
    String text = Texts.required(field, author.model());
    if (text.length() > Texts.NAME_LENGTH) {
      throw Problem.invalid("validation", field, field + " is longer than 200 characters");
    }
    return models
      .find(text)
      .orElseThrow(() ->
        Problem.invalid("unknown-model", field, text + " is not known; known are: " + models.list())
      );
  }

  private long perSource(List<@Nullable Author> authors) {
    long rounds = 0;
    for (Author author : authors) {
      Integer asked = author == null ? null : author.iterations();
      rounds += requireNonNullElse(asked, defaults.iterations());
    }
    return rounds;
  }

  private static void checkCalls(RunSubmission run, int documents, long ofSource) {
    atMost("generation.models", documents * ofSource, MAX_CALLS, "calls");
    long judged = documents * (ofSource + EvaluationCheck.callsOfSource(run, ofSource));
    atMost("evaluation", judged, MAX_CALLS, "calls");
  }

  static void cost(String field, @Nullable BigDecimal cost) {
    if (cost == null) {
      return;
    }
    if (cost.scale() > MAX_SCALE || cost.signum() < 0 || cost.compareTo(MAX_COST) > 0) {
      throw Problem.invalid(
        "validation",
        field,
        field + " must be 0 to 1000000 dollars with at most 9 decimals"
      );
    }
  }

  private static void checkLimits(Limits limits) {
    between("callDeadline", limits.callDeadline(), Duration.ofSeconds(3), Duration.ofHours(1));
    between("attemptTimeout", limits.attemptTimeout(), Duration.ofSeconds(1), Duration.ofHours(1));
    between("queueTtl", limits.queueTtl(), Duration.ofSeconds(1), Duration.ofHours(24));
    between("runDeadline", limits.runDeadline(), Duration.ofSeconds(5), Duration.ofHours(24));
    if (limits.attemptTimeout().compareTo(limits.callDeadline()) > 0) {
      throw Problem.invalid(
        "inconsistent-timeouts",
        "limits.attemptTimeout",
        "limits.attemptTimeout " +
          limits.attemptTimeout() +
          " is longer than" +
          " limits.callDeadline " +
          limits.callDeadline()
      );
    }
    between("limits.maxAttempts", limits.maxAttempts(), 10);
    paidCalls("limits.maxPaidCalls", limits.maxPaidCalls());
    between("limits.concurrency", limits.concurrency(), 1000);
    between("limits.weight", limits.weight(), 100);
  }

  static void paidCalls(String field, @Nullable Integer value) {
    between(field, value, 1_000_000);
  }

  private static void between(String field, @Nullable Integer value, int most) {
    if (value != null && (value < 1 || value > most)) {
      throw Problem.invalid(
        "validation",
        field,
        field + " must be 1 to " + most + ", not " + value
      );
    }
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      String field = "limits." + name;
      throw Problem.invalid(
        "validation",
        field,
        field + " must be " + least + " to " + most + ", not " + value
      );
    }
  }
}
