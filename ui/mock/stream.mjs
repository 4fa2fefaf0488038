// The live stream of a run: a snapshot first, then what has changed, and a goodbye when it is deleted.
import { onTheWire } from "./call.mjs";

export class Stream {
  #clients = new Set();

  open(request, response, view, calls) {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    const { asOf } = view;
    send(response, "snapshot", { asOf, run: view, calls: [...calls].map(onTheWire) });
    const heartbeat = setInterval(() => response.write(": heartbeat\n\n"), 10_000);
    this.#clients.add(response);
    request.on("close", () => {
      clearInterval(heartbeat);
      this.#clients.delete(response);
    });
  }

  tell(view, calls) {
    if (this.#clients.size === 0) return;
    const { asOf } = view;
    const data = { asOf, run: { ...view, spec: null }, calls: calls.map(onTheWire) };
    for (const client of this.#clients) send(client, "delta", data);
  }

  close(asOf, reason) {
    for (const client of this.#clients) {
      send(client, "bye", { asOf, reason, retryMs: 0 });
      client.end();
    }
    this.#clients.clear();
  }
}

function send(response, event, data) {
  const { generation, partition, offset } = data.asOf;
  response.write(
    `id: ${generation}.${partition}.${offset}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
  );
}
