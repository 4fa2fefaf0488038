package dev.acm2.gateway;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Headers of every answer, and the pages of the user interface: each address that is neither of the
/// API nor of a file is the one page, which reads the address itself.
final class SecurityHeaders implements WebFilter {

  private static final String POLICY =
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
  private static final String INDEX = "/index.html";

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    HttpHeaders headers = exchange.getResponse().getHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    String path = exchange.getRequest().getPath().value();
    if (isPage(path)) {
      headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
      ServerHttpRequest index = exchange.getRequest().mutate().path(INDEX).build();
      cache(exchange, "no-cache");
      return chain.filter(exchange.mutate().request(index).build());
    }
    if (path.startsWith("/assets/")) {
      headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
      cache(exchange, "public, max-age=31536000, immutable");
    }
    return chain.filter(exchange);
  }

  /// Only what is found may be kept.
  private static void cache(ServerWebExchange exchange, String value) {
    var response = exchange.getResponse();
    response.beforeCommit(() -> {
      if (response.getStatusCode() == null || response.getStatusCode().is2xxSuccessful()) {
        response.getHeaders().setCacheControl(value);
      }
      return Mono.empty();
    });
  }

  private static boolean isPage(String path) {
    boolean served =
      path.equals("/api") || path.startsWith("/api/") || path.startsWith("/actuator");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return !served && (name.indexOf('.') < 0 || path.equals(INDEX));
  }
}
