package dev.acm2.gateway;

import static java.util.Objects.requireNonNull;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.Frame.Bye;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.gateway.Frame.Gone;
import dev.acm2.gateway.Frame.Reset;
import dev.acm2.gateway.Frame.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A client of the live stream over HTTP that checks every frame as it comes.
final class EventStream implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<RunId, Client> clients;
  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final AtomicInteger heartbeats = new AtomicInteger();
  private final List<Pulse> pulses = new CopyOnWriteArrayList<>();
  private final List<String> ids = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> response;
  private volatile @Nullable Throwable failure;
  private volatile boolean ended;

  EventStream(URI address, RunId runId, @Nullable Client known, @Nullable String lastEventId)
    throws IOException, InterruptedException {
    this(address, Map.of(runId, known == null ? new Client(runId) : known), lastEventId);
  }

  /// @param clients by run, of all runs that the address asks for
  EventStream(URI address, Map<RunId, Client> clients, @Nullable String lastEventId)
    throws IOException, InterruptedException {
    this.clients = Map.copyOf(clients);
    HttpRequest.Builder request = HttpRequest.newBuilder(address).header(
      "Accept",
      "text/event-stream"
    );
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    Thread.ofVirtual().start(this::read);
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  /// Of the only run.
  Client client() {
    return clients.values().iterator().next();
  }

  Client client(RunId runId) {
    return requireNonNull(clients.get(runId));
  }

  /// The frames of one of the runs so far.
  List<Frame> frames(RunId runId) {
    return frames()
      .stream()
      .filter(frame -> frame.runId().equals(runId))
      .toList();
  }

  /// All frames so far; fails when one of them broke a promise.
  List<Frame> frames() {
    Throwable broken = failure;
    if (broken != null) {
      throw new AssertionError("a frame broke a promise", broken);
    }
    return frames;
  }

  int heartbeats() {
    return heartbeats.get();
  }

  List<Pulse> pulses() {
    return pulses;
  }

  List<String> ids() {
    return ids;
  }

  boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private void read() {
    try (
      BufferedReader lines = new BufferedReader(
        new InputStreamReader(response.body(), StandardCharsets.UTF_8)
      )
    ) {
      String event = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith(":")) {
          heartbeats.addAndGet(line.equals(": heartbeat") ? 1 : 0);
        } else if (line.startsWith("id: ")) {
          ids.add(line.substring("id: ".length()));
        } else if (line.startsWith("data: ")) {
          take(event, line.substring("data: ".length()));
        }
      }
      ended = true;
    } catch (IOException | UncheckedIOException e) {
      ended = true;
    } catch (RuntimeException | AssertionError e) {
      failure = e;
    }
  }

  private void take(String event, String data) {
    if (event.equals("pulse")) {
      pulses.add(ContractJson.VIEWS.readValue(data, Pulse.class));
      return;
    }
    Frame frame = frame(event, data);
    Client client = requireNonNull(clients.get(frame.runId()), "a run that was asked for");
    switch (frame) {
      case Snapshot snapshot -> client.apply(snapshot);
      case Delta delta -> client.apply(delta);
      case Reset _ -> client.forget();
      case Bye _, Gone _ -> {
      }
    }
    frames.add(frame);
  }

  private static Frame frame(String event, String data) {
    return switch (event) {
      case "snapshot" -> ContractJson.VIEWS.readValue(data, Snapshot.class);
      case "delta" -> ContractJson.VIEWS.readValue(data, Delta.class);
      case "reset" -> ContractJson.VIEWS.readValue(data, Reset.class);
      case "bye" -> ContractJson.VIEWS.readValue(data, Bye.class);
      case "gone" -> ContractJson.VIEWS.readValue(data, Gone.class);
      case String other -> throw new IllegalArgumentException("a frame named " + other);
    };
  }
}
