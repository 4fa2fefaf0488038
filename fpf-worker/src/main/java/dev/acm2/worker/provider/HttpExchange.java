package dev.acm2.worker.provider;

import dev.acm2.contract.Timings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// One exchange over the JDK's client, timed to the last byte of its body. (The client's own time-
/// out ends with the headers, so it is not used.)
final class HttpExchange implements Exchange {

  private final long startedAt = System.nanoTime();
  private final ArrivingBody body = new ArrivingBody(HttpExchanges.BODY_LIMIT, this::noteFirstByte);
  private final BooleanSupplier isConnected;
  private final CompletableFuture<HttpResponse<Integer>> response;
  private volatile @Nullable ResponseInfo head;
  private volatile long firstByteAt;
  private volatile boolean aborted;

  /// @param isConnected whether the connection stands that the request goes over
  HttpExchange(HttpClient client, HttpRequest request, BooleanSupplier isConnected) {
    this.isConnected = isConnected;
    this.response = client.sendAsync(request, this::begin);
  }

  private ArrivingBody begin(ResponseInfo info) {
    head = info;
    return body;
  }

  private void noteFirstByte() {
    firstByteAt = System.nanoTime();
  }

  @Override
  public ExchangeEnd await(Duration limit) {
    try {
      response.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return new ExchangeEnd.Complete(arrived());
    } catch (TimeoutException e) {
      stop();
      return new ExchangeEnd.TimedOut(arrived(), limit);
    } catch (CancellationException e) {
      return new ExchangeEnd.Aborted(arrived());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
      return new ExchangeEnd.Aborted(arrived());
    } catch (ExecutionException e) {
      return failed(e.getCause());
    }
  }

  private ExchangeEnd failed(@Nullable Throwable cause) {
    if (aborted) {
      return new ExchangeEnd.Aborted(arrived());
    }
    return switch (cause) {
      case ArrivingBody.TooLargeException _ -> new ExchangeEnd.TooLarge(arrived());
      case ConnectException e -> new ExchangeEnd.Broken(arrived(), false, reason(e));
      case HttpConnectTimeoutException e -> new ExchangeEnd.Broken(arrived(), false, reason(e));
      case SSLHandshakeException e -> new ExchangeEnd.Broken(arrived(), false, reason(e));
      case IOException e -> new ExchangeEnd.Broken(arrived(), true, reason(e));
      case null, default -> throw new IllegalStateException("the HTTP client failed", cause);
    };
  }

  private static String reason(IOException e) {
    String said = e.getMessage();
    String name = e.getClass().getSimpleName();
    return said == null ? name : name + ": " + ProviderErrorText.shortened(said);
  }

  @Override
  public void abort() {
    aborted = true;
    stop();
  }

  /// Closes the connection, whether the answer has begun or not.
  private void stop() {
    body.cancel();
    response.cancel(true);
  }

  @Override
  public Stage stage() {
    if (head != null) {
      return new Stage.Body(body.size());
    }
    return isConnected.getAsBoolean() ? Stage.FIRST_BYTE : Stage.CONNECTING;
  }

  @Override
  public Arrived arrived() {
    ResponseInfo info = head;
    Duration total = Duration.ofNanos(System.nanoTime() - startedAt);
    Duration first = firstByteAt == 0 ? total : Duration.ofNanos(firstByteAt - startedAt);
    Timings timings = new Timings(first, total);
    return info == null
      ? new Arrived(null, Map.of(), body.arrived(), timings)
      : new Arrived(info.statusCode(), first(info.headers()), body.arrived(), timings);
  }

  private static Map<String, String> first(HttpHeaders headers) {
    Map<String, String> values = new HashMap<>();
    headers.map().forEach((name, all) -> values.put(name.toLowerCase(Locale.ROOT), all.getFirst()));
    return values;
  }
}
