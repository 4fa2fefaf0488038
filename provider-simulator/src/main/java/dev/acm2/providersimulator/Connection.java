package dev.acm2.providersimulator;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketException;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.databind.json.JsonMapper;

/// One client connection: requests one after the other until either side ends it.
final class Connection implements Runnable {

  private static final Logger LOG = System.getLogger(Connection.class.getName());

  private final Socket socket;
  private final ProviderApi provider;
  private final ControlApi control;
  private final Ledger ledger;
  private final InstantSource clock;
  private final JsonMapper json;

  Connection(
    Socket socket,
    ProviderApi provider,
    ControlApi control,
    Ledger ledger,
    InstantSource clock,
    JsonMapper json
  ) {
    this.socket = socket;
    this.provider = provider;
    this.control = control;
    this.ledger = ledger;
    this.clock = clock;
    this.json = json;
  }

  @Override
  public void run() {
    try (socket) {
      serve();
    } catch (SocketException | EOFException e) {
      LOG.log(Level.DEBUG, "the connection ended early", e);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "the exchange failed in the simulator", e);
    }
  }

  private void serve() throws IOException {
    socket.setTcpNoDelay(true);
    ConnectionInput in = new ConnectionInput(socket);
    OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 32 << 10);
    Exchange exchange = new Exchange(socket, in, out, ledger, clock);
    RequestReader requests = new RequestReader(in, out);
    try {
      for (HttpCall call = requests.next(); call != null; call = requests.next()) {
        if (!answered(call, exchange) || call.wantsClose()) {
          return;
        }
      }
    } catch (BadHttp e) {
      String why = String.valueOf(e.getMessage());
      exchange.answer(ProviderError.badRequest(Dialect.RESPONSES, why).reply(json));
    }
  }

  private boolean answered(HttpCall call, Exchange exchange) throws IOException {
    if (ControlApi.owns(call)) {
      exchange.answer(control.handle(call));
      return true;
    }
    Instant receivedAt = clock.instant();
    return exchange.run(provider.handle(call, receivedAt), receivedAt);
  }
}
