package dev.acm2.gateway;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.artifactstore.ArtifactStore.Artifact;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.evaluation.Winner;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import dev.acm2.projection.SourceView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// All documents that a run has written, as a ZIP file with an index. One text at a time is in memory.
final class DocumentArchive {

  static final String INDEX = "index.json";

  private final RunPages pages;
  private final SourceReads sources;
  private final ArtifactStore artifacts;

  DocumentArchive(RunPages pages, SourceReads sources, ArtifactStore artifacts) {
    this.pages = pages;
    this.sources = sources;
    this.artifacts = artifacts;
  }

  /// The last file of the archive.
  record Index(RunId runId, String name, List<DocumentEntry> documents) {}

  /// Writes the texts as they are met, then the index.
  ///
  /// @param run with its spec
  /// @throws ProblemException artifact-not-found when a text is missing; run-not-found; store-unavailable
  /// @throws UncheckedIOException when nobody takes what is written
  void write(RunView run, OutputStream out) {
    Map<CallId, Winner> winners = winners(run);
    DocumentFiles files = new DocumentFiles();
    List<DocumentEntry> entries = new ArrayList<>();
    ZipOutputStream zip = new ZipOutputStream(out);
    pages.calls(run.runId(), page ->
      page
        .stream()
        .filter(DocumentArchive::isDocument)
        .forEach(call -> entries.add(add(zip, files, call, winners.get(call.callId()))))
    );
    put(
      zip,
      new ZipEntry(INDEX),
      ContractJson.VIEWS.writeValueAsBytes(new Index(run.runId(), run.name(), entries))
    );
    finish(zip);
  }

  private static boolean isDocument(CallView call) {
    return (
      call.output() != null && (call.phase() == Phase.GENERATION || call.phase() == Phase.COMBINE)
    );
  }

  private DocumentEntry add(
    ZipOutputStream zip,
    DocumentFiles files,
    CallView call,
    @Nullable Winner won
  ) {
    ArtifactRef output = Objects.requireNonNull(call.output());
    ZipEntry entry = new ZipEntry(files.next(call, won != null));
    if (call.finishedAt() != null) {
      entry.setLastModifiedTime(FileTime.from(call.finishedAt()));
    }
    Artifact text = artifacts.find(output.sha256()).orElseThrow(ProblemException::artifactNotFound);
    put(zip, entry, text.content());
    return DocumentEntry.of(entry.getName(), call, output, won);
  }

  /// Of a run that nobody judges the texts alone are read.
  private Map<CallId, Winner> winners(RunView run) {
    if (run.spec() == null || run.spec().evaluation() == null) {
      return Map.of();
    }
    return sources
      .of(run.runId())
      .stream()
      .flatMap(all -> all.items().stream())
      .map(SourceView::winner)
      .flatMap(winner -> Optional.ofNullable(winner).stream())
      .collect(Collectors.toMap(Winner::document, Function.identity()));
  }

  private static void put(ZipOutputStream zip, ZipEntry entry, byte[] content) {
    try {
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void finish(ZipOutputStream zip) {
    try {
      zip.finish();
      zip.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
