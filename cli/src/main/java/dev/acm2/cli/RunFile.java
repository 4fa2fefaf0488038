package dev.acm2.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.acm2.contract.RunSubmission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A run as a person writes it: a [RunSubmission] in YAML whose documents may also be files, by their
/// `path` relative to this one. As strict as the service: nothing in the file is passed over.
record RunFile(
  @Nullable String name,
  @Nullable List<@Nullable Document> documents,
  @Nullable String instructions,
  RunSubmission.@Nullable Generation generation,
  RunSubmission.@Nullable Limits limits,
  RunSubmission.@Nullable Evaluation evaluation,
  RunSubmission.@Nullable Combine combine
) {
  private static final YAMLMapper YAML = YAMLMapper.builder()
    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
    .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
    .build();

  /// @param path the file that holds the text, instead of content or artifact
  record Document(
    @Nullable String name,
    @Nullable String path,
    @Nullable String content,
    @Nullable String artifact
  ) {}

  /// Reads the file and the documents that it names.
  ///
  /// @throws CliFailure [ExitCode#UNREADABLE] for a file that cannot be read, [ExitCode#DATA] for one
  ///     that is no UTF-8 text, [ExitCode#CONFIG] with file and line for everything else
  static RunSubmission read(Path file) {
    RunFile run = parse(file, text(file));
    List<@Nullable Document> documents = run.documents();
    return new RunSubmission(
      run.name(),
      documents == null ? null : resolved(documents, file),
      run.instructions(),
      run.generation(),
      run.limits(),
      run.evaluation(),
      run.combine()
    );
  }

  static RunFile parse(Path file, String yaml) {
    return parse(file, yaml, RunFile.class);
  }

  /// Reads a file that holds something else, as strictly; failures as with [#read].
  static <T> T read(Path file, Class<T> type) {
    return parse(file, text(file), type);
  }

  private static <T> T parse(Path file, String yaml, Class<T> type) {
    try {
      T read = YAML.readValue(yaml, type);
      if (read == null) {
        throw new CliFailure(ExitCode.CONFIG, file + ":1: the file is empty");
      }
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw new CliFailure(ExitCode.CONFIG, at(file, yaml, e) + unknownKey(e), e);
    } catch (JacksonException e) {
      String reason = Format.line(String.valueOf(e.getOriginalMessage()));
      throw new CliFailure(ExitCode.CONFIG, at(file, yaml, e) + reason, e);
    }
  }

  /// A submission as a person would write it.
  static String yaml(ObjectNode submission) {
    return YAML.writeValueAsString(submission);
  }

  private static String unknownKey(UnrecognizedPropertyException e) {
    String known = e
      .getKnownPropertyIds()
      .stream()
      .map(String::valueOf)
      .sorted()
      .collect(Collectors.joining(", "));
    return "unknown key '" + e.getPropertyName() + "', known here: " + known;
  }

  private static String at(Path file, String yaml, JacksonException e) {
    int line = YamlLines.of(YAML, yaml, e);
    return line < 1 ? file + ": " : file + ":" + line + ": ";
  }

  private static List<RunSubmission.@Nullable Document> resolved(
    List<@Nullable Document> documents,
    Path file
  ) {
    List<RunSubmission.@Nullable Document> resolved = new ArrayList<>();
    documents.forEach(each -> resolved.add(resolved(each, file)));
    return resolved;
  }

  private static RunSubmission.@Nullable Document resolved(@Nullable Document document, Path file) {
    if (document == null) {
      return null;
    }
    String path = document.path();
    if (path == null) {
      return new RunSubmission.Document(document.name(), document.content(), document.artifact());
    }
    if (document.content() != null || document.artifact() != null) {
      throw new CliFailure(
        ExitCode.CONFIG,
        file + ": path " + path + ": a path excludes content and artifact"
      );
    }
    Path source = file.resolveSibling(path);
    String name = document.name() == null ? String.valueOf(source.getFileName()) : document.name();
    return new RunSubmission.Document(name, text(source), null);
  }

  private static String text(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new CliFailure(ExitCode.DATA, file + ": not a UTF-8 text", e);
    } catch (NoSuchFileException e) {
      throw new CliFailure(ExitCode.UNREADABLE, file + ": there is no such file", e);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.UNREADABLE, file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
