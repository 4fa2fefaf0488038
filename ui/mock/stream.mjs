// Live streams: of each run a snapshot first, then what has changed, and a last word when it is deleted.
import { onTheWire } from "./call.mjs";

const FIRST_PULSE_MS = 500;
const PULSE_MS = 2_000;

/** Who follows one run, be it by a stream of its own or by one of many runs. */
export class Stream {
  #clients = new Set();

  open(client, view, calls) {
    send(client, "snapshot", { ...frameOf(view), run: view, calls: [...calls].map(onTheWire) });
    this.#clients.add(client);
    client.runs.add(view.runId);
    client.request.on("close", () => this.#clients.delete(client));
  }

  tell(view, calls) {
    if (this.#clients.size === 0) return;
    const data = { ...frameOf(view), run: { ...view, spec: null }, calls: calls.map(onTheWire) };
    for (const client of this.#clients) send(client, "delta", data);
  }

  /** The run is deleted: a stream of many goes on with the others. */
  close(view) {
    for (const client of this.#clients) {
      if (client.many) send(client, "gone", { runId: view.runId, reason: "DELETED" });
      else {
        send(client, "bye", { ...frameOf(view), reason: "deleted", retryMs: 0 });
        client.response.end();
      }
    }
    this.#clients.clear();
  }
}

/** A stream of one run. */
export function watch(run, request, response) {
  run.join(begin(request, response, false));
}

/** One stream of many runs; `find` knows them by id. */
export function watchMany(ids, find, request, response) {
  const client = begin(request, response, true);
  for (const runId of new Set(ids)) {
    const run = find(runId);
    if (run === undefined) send(client, "gone", { runId, reason: "UNKNOWN" });
    else run.join(client);
  }
}

function begin(request, response, many) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(": open\n\n");
  const client = { request, response, many, runs: new Set() };
  const first = setTimeout(() => pulse(client), FIRST_PULSE_MS);
  const others = setInterval(() => pulse(client), PULSE_MS);
  request.on("close", () => {
    clearTimeout(first);
    clearInterval(others);
  });
  return client;
}

/** Here nothing is ever behind: what happens is shown at once. */
function pulse({ response, runs }) {
  const at = new Date().toISOString();
  const told = [...runs].map((runId) => ({ runId, behind: 0, standingSince: null }));
  const data = JSON.stringify({ at, trouble: null, runs: told });
  response.write(`: heartbeat\n\nevent: pulse\ndata: ${data}\n\n`);
}

function frameOf({ runId, asOf }) {
  return { runId, asOf, at: new Date().toISOString() };
}

function send({ response, many }, event, data) {
  const { runId, asOf } = data;
  const place = asOf && `${asOf.generation}.${asOf.partition}.${asOf.offset}`;
  const id = place === undefined ? "" : `id: ${many ? `${runId}@${place}` : place}\n`;
  response.write(`${id}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
