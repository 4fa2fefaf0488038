package dev.acm2.cli;

import dev.acm2.cli.Sources.Document;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
  name = "document",
  mixinStandardHelpOptions = true,
  description = "Print a document that a run made."
)
final class DocumentCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Mixin
  private TextOutput output = new TextOutput();

  @Parameters(index = "0", paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Parameters(
    index = "1",
    paramLabel = "DOC_ID",
    converter = DocId.Reader.class,
    description = "The id of the document, or its first digits as `acm2 scores` shows them."
  )
  private @Nullable DocId document;

  /// The first digits of an id, or all of them.
  record DocId(String digits) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{4,32}");
    private static final int COMPLETE = 32;

    boolean complete() {
      return digits.length() == COMPLETE;
    }

    static final class Reader implements ITypeConverter<DocId> {

      @Override
      public DocId convert(String text) {
        if (!FORM.matcher(text).matches()) {
          throw new TypeConversionException(
            "'" + text + "' is not a document id (4 to 32 digits of 0-9 and a-f)"
          );
        }
        return new DocId(text);
      }
    }
  }

  /// What is printed as JSON: the service answers the bare text.
  record Text(RunId runId, String docId, String text) {}

  @Override
  public Integer call() {
    RunId run = Verb.required(runId);
    GatewayClient gateway = service.client();
    String docId = docId(gateway, run, Verb.required(document));
    String text = gateway.text("/runs/" + run + "/documents/" + docId);
    output.write(service.json() ? json(new Text(run, docId, text)) : text, Verb.out(spec));
    return ExitCode.OK;
  }

  private static String json(Text text) {
    return ContractJson.VIEWS.writeValueAsString(text) + System.lineSeparator();
  }

  private static String docId(GatewayClient gateway, RunId run, DocId document) {
    if (document.complete()) {
      return document.digits();
    }
    List<String> fitting = GatewayClient.read(
      gateway.get("/runs/" + run + "/sources"),
      Sources.class
    )
      .items()
      .stream()
      .flatMap(source -> source.documents().stream())
      .map(Document::docId)
      .filter(id -> id.startsWith(document.digits()))
      .toList();
    return switch (fitting.size()) {
      case 0 -> throw new CliFailure(
        ExitCode.DATA,
        "the run has no document whose id begins with " + document.digits()
      );
      case 1 -> fitting.getFirst();
      default -> throw new CliFailure(
        ExitCode.DATA,
        document.digits() + " begins several ids: " + String.join(", ", fitting)
      );
    };
  }
}
