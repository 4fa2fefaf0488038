// A scripted gateway and provider ledger for developing the UI without the backend.
//   node mock/server.mjs [port]      serves the API, the built UI and /__ledger on one port
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { Ledger } from "./ledger.mjs";
import { planOf } from "./plan.mjs";
import { preset } from "./presets.mjs";
import { Run } from "./run.mjs";

const port = Number(process.argv[2] ?? process.env.PORT ?? 8080);
const dist = fileURLToPath(new URL("../target/classes/META-INF/resources/", import.meta.url));
const models = [
  ["openai:gpt-5.1", 1.25, 10, 128000],
  ["openai:gpt-5-mini", 0.25, 2, 128000],
  ["openai:o4-mini", 1.1, 4.4, 100000],
  ["openai-compatible:*", 0, 0, 32000],
].map(([model, inputUsdPerMillion, outputUsdPerMillion, maxOutputTokens]) => ({
  model,
  provider: model.split(":")[0],
  inputUsdPerMillion,
  outputUsdPerMillion,
  maxOutputTokens,
}));

const ledger = new Ledger();
const runs = new Map();
const keys = new Map();
for (const run of preset(ledger)) runs.set(run.view.runId, run);

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

function json(response, status, body, headers = {}) {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

function problem(response, status, slug, title, detail, field) {
  const body = { type: `urn:acm2:problem:${slug}`, title, status, detail, field };
  response.writeHead(status, { "Content-Type": "application/problem+json" });
  response.end(JSON.stringify(body));
}

async function bodyOf(request) {
  let text = "";
  for await (const piece of request) text += piece;
  return text;
}

function invalid(submission) {
  if (!submission.name?.trim()) return ["validation", "The run has no name", "name"];
  for (const [index, document] of (submission.documents ?? []).entries()) {
    const field = `documents[${index}]`;
    if (!document.name?.trim())
      return ["invalid-name", "The document has no name", `${field}.name`];
    if (!document.content) return ["empty-document", "The document is empty", `${field}.content`];
  }
  if (!submission.documents?.length) return ["validation", "A run needs a document", "documents"];
  if (!submission.generation?.models?.length)
    return ["validation", "A run needs a model", "generation.models"];
  for (const [index, { model }] of submission.generation.models.entries()) {
    const known =
      models.some((each) => each.model === model) || model.startsWith("openai-compatible:");
    const field = `generation.models[${index}].model`;
    if (!known) return ["unknown-model", `There is no model ${model}`, field];
  }
  if (submission.limits?.maxCostUsd < 0)
    return ["validation", "The limit must not be negative", "limits.maxCostUsd"];
  return null;
}

async function submit(request, response) {
  const submission = JSON.parse(await bodyOf(request));
  const wrong = invalid(submission);
  if (wrong)
    return problem(response, 422, wrong[0], "The run cannot be started", wrong[1], wrong[2]);
  const key = request.headers["idempotency-key"];
  let run = keys.get(key);
  if (!run) {
    run = new Run(planOf(submission), ledger);
    runs.set(run.view.runId, run);
    if (key) keys.set(key, run);
    run.start();
  }
  const { runId, spec, stats } = run.view;
  json(
    response,
    201,
    { runId, spec, planned: { GENERATION: stats.planned } },
    { Location: `/api/v1/runs/${runId}` },
  );
}

function list(response, url) {
  const limit = Number(url.searchParams.get("limit") ?? 50);
  const from = Number(url.searchParams.get("cursor") ?? 0);
  const all = [...runs.values()].sort((a, b) =>
    b.view.requestedAt.localeCompare(a.view.requestedAt),
  );
  const items = all.slice(from, from + limit).map((run) => ({ ...run.view, spec: null }));
  json(response, 200, {
    items,
    nextCursor: from + limit < all.length ? String(from + limit) : null,
  });
}

function ofRun(request, response, run, what, url) {
  switch (`${request.method} ${what}`) {
    case "GET ":
      return json(response, 200, run.view);
    case "GET calls": {
      const state = url.searchParams.get("state");
      const limit = Number(url.searchParams.get("limit") ?? 1000);
      const from = Number(url.searchParams.get("cursor") ?? 0);
      const all = [...run.calls.values()].filter((call) => !state || call.state === state);
      const nextCursor = from + limit < all.length ? String(from + limit) : null;
      return json(response, 200, {
        items: all.slice(from, from + limit),
        nextCursor,
        asOf: run.view.asOf,
      });
    }
    case "GET events":
      return run.stream(request, response);
    case "POST cancel":
      if (run.view.status === "FINISHED")
        return problem(
          response,
          409,
          "run-state",
          "The run has ended",
          "A finished run cannot be cancelled",
        );
      run.cancel();
      return json(response, 202, { runId: run.view.runId });
    default:
      return problem(response, 404, "not-found", "Not found", request.url);
  }
}

function file(response, path) {
  const wanted = normalize(join(dist, path));
  const found =
    wanted.startsWith(dist) && extname(wanted) !== "" ? wanted : join(dist, "index.html");
  if (!existsSync(found)) return problem(response, 404, "not-found", "Not found", path);
  response.writeHead(200, {
    "Content-Type": types[extname(found)] ?? "application/octet-stream",
    "Content-Security-Policy": "default-src 'self'",
  });
  createReadStream(found).pipe(response);
}

async function handle(request, response) {
  const url = new URL(request.url, "http://mock");
  const { pathname } = url;
  if (pathname.startsWith("/__"))
    return ledger.handle(request, response, pathname, await bodyOf(request));
  if (!pathname.startsWith("/api/v1/")) return file(response, pathname);
  const [collection, id, what = ""] = pathname
    .slice("/api/v1/".length)
    .split("/")
    .map(decodeURIComponent);
  if (collection === "models") return json(response, 200, { models });
  if (collection === "quarantine") return json(response, 200, { count: 0, items: [] });
  if (collection === "version") {
    const buildId = "a1b2c3d4e5";
    const lastSeenAt = new Date().toISOString();
    const names = ["orchestrator-service", "fpf-worker", "stats-projector", "gateway"];
    const services = names.map((service) => ({
      service,
      instance: `${service}-1`,
      buildId,
      lastSeenAt,
    }));
    return json(response, 200, { buildId, generation: 1, services });
  }
  if (collection === "artifacts") {
    response.writeHead(200, { "Content-Type": "text/plain", "Content-Disposition": "attachment" });
    return response.end(`artifact ${id}`);
  }
  if (collection === "runs" && id === undefined)
    return request.method === "POST" ? submit(request, response) : list(response, url);
  const run = runs.get(id);
  if (!run) return problem(response, 404, "run-not-found", "There is no such run", id);
  return ofRun(request, response, run, what, url);
}

createServer((request, response) => {
  handle(request, response).catch((error) => {
    console.error(error);
    if (response.headersSent) response.end();
    else problem(response, 500, "internal", "The mock failed", String(error));
  });
}).listen(port, "127.0.0.1", function () {
  console.log(`mock gateway on http://localhost:${this.address().port}`);
});
