package dev.acm2.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits until a service says that it is up: its threads at the log run, its database answers.
final class Health {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Health() {}

  /// @param url of the service
  /// @throws IllegalStateException with the last answer, when it is not up within 60 s
  static void await(String label, String url) {
    URI health = URI.create(url + "/actuator/health");
    long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() < giveUpAt) {
        last = ask(http, health);
        if (last.isEmpty()) {
          return;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + label, e);
    }
    throw new IllegalStateException(
      label + " is not up after " + PATIENCE.toSeconds() + " s: " + last
    );
  }

  /// Empty when it is up, else why not.
  private static String ask(HttpClient http, URI health) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(ANSWER).build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 ? "" : answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
