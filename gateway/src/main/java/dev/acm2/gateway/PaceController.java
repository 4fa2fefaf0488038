package dev.acm2.gateway;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How runs went over their time, for lists that show many of them.
@RestController
@RequestMapping("/api/v1/runs")
final class PaceController {

  private final PaceQueries queries;
  private final InstantSource clock;

  PaceController(PaceQueries queries, InstantSource clock) {
    this.queries = queries;
    this.clock = clock;
  }

  @Operation(
    operationId = "listPaces",
    summary = "When the calls of some runs ended; runs that there are not are left out"
  )
  @GetMapping(path = "/pace", produces = MediaType.APPLICATION_JSON_VALUE)
  RunPaces paces(
    @Parameter(description = "Ids of 1 to 100 runs", required = true) @RequestParam(
      required = false
    ) @Nullable List<String> run
  ) {
    return queries.of(Ids.runs(run), clock.instant());
  }
}
