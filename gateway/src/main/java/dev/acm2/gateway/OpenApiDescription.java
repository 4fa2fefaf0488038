package dev.acm2.gateway;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// The description of the API as clients generate their types from it.
final class OpenApiDescription implements ModelConverter, OpenApiCustomizer {

  private final RecordSchemas schemas = new RecordSchemas();

  @Override
  public @Nullable Schema<?> resolve(
    AnnotatedType type,
    ModelConverterContext context,
    Iterator<ModelConverter> chain
  ) {
    Type plain = plain(type.getType());
    if (RecordSchemas.describes(plain)) {
      return schemas.of(plain);
    }
    return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
  }

  @Override
  public void customise(OpenAPI api) {
    api.setInfo(
      new Info()
        .title("ACM2")
        .version("1")
        .description("Runs of many LLM calls: reads, live streams, and writes.")
    );
    api.setServers(List.of());
    schemas.of(Problem.class);
    schemas.named().forEach(api.getComponents()::addSchemas);
    api
      .getPaths()
      .values()
      .forEach(path -> path.readOperations().forEach(this::addProblems));
  }

  private void addProblems(Operation operation) {
    Content content = new Content().addMediaType(
      Problem.MEDIA_TYPE,
      new MediaType().schema(schemas.of(Problem.class))
    );
    operation
      .getResponses()
      .addApiResponse("default", new ApiResponse().description("A problem").content(content));
  }

  private static Type plain(Type type) {
    return type instanceof com.fasterxml.jackson.databind.JavaType known
      ? known.getRawClass()
      : type;
  }
}
