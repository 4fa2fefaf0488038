// The built pages and the answers of a gateway that follows one moving run.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

const DELTA_MS = 100;

/** Begins to move when `go()` is called; `sent` counts the changed calls that have gone out. */
export async function serve(dist, run, perSecond) {
  const state = { sent: 0, clients: new Set(), timer: undefined };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://bench");
    if (!pathname.startsWith("/api/v1/")) return file(dist, pathname, response);
    const path = pathname.slice("/api/v1".length);
    if (path === "/events" && searchParams.get("run") === run.runId)
      return stream(run, state, request, response);
    if (path === `/runs/${run.runId}/log`)
      return json(response, 200, run.page(searchParams.get("after"), 1_000));
    const answer = ANSWERS[path];
    if (answer === undefined) return json(response, 404, { title: "Not found", status: 404 });
    return json(response, 200, answer);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    state,
    go: () => (state.timer = setInterval(() => tick(run, state, perSecond), DELTA_MS)),
    close() {
      clearInterval(state.timer);
      server.closeAllConnections();
      server.close();
    },
  };
}

const ANSWERS = {
  "/lanes": { lanes: [] },
  "/workers": { workers: [] },
  "/quarantine": { count: 0, items: [] },
  "/version": { buildId: "bench", generation: 1, services: [] },
};

function tick(run, state, perSecond) {
  const calls = run.move((perSecond * DELTA_MS) / 1_000, Date.now());
  if (calls.length === 0) return clearInterval(state.timer);
  state.sent += calls.length;
  const delta = frame("delta", run, calls);
  for (const client of state.clients) client.write(delta);
}

function stream(run, { clients }, request, response) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(frame("snapshot", run, run.calls));
  clients.add(response);
  request.on("close", () => clients.delete(response));
}

function frame(event, run, calls) {
  const { runId, asOf } = run;
  const id = `${runId}@${asOf.generation}.${asOf.partition}.${asOf.offset}`;
  const data = { runId, at: new Date().toISOString(), asOf, run: run.view(), calls };
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function json(response, status, body) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

function file(dist, path, response) {
  const wanted = join(dist, path);
  const found = extname(path) !== "" && existsSync(wanted) ? wanted : join(dist, "index.html");
  response.writeHead(200, {
    "Content-Type": TYPES[extname(found)] ?? "application/octet-stream",
    "Content-Security-Policy": "default-src 'self'",
  });
  createReadStream(found).pipe(response);
}
