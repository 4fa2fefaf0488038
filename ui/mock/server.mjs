// A scripted gateway and provider ledger for developing the UI without the backend.
//   node mock/server.mjs [port]      serves the API, the built UI and /__ledger on one port
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { estimateOf } from "./estimate.mjs";
import { judgedAnswer } from "./judged.mjs";
import { Lanes, workers } from "./lanes.mjs";
import { Ledger } from "./ledger.mjs";
import { planOf, sha } from "./plan.mjs";
import { preset } from "./presets.mjs";
import { Run } from "./run.mjs";

const port = Number(process.argv[2] ?? process.env.PORT ?? 8080);
const dist =
  process.env.MOCK_DIST ??
  fileURLToPath(new URL("../target/classes/META-INF/resources/", import.meta.url));
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
const lanes = new Lanes();
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

async function estimate(request, response) {
  const submission = JSON.parse(await bodyOf(request));
  const wrong = invalid(submission);
  if (wrong)
    return problem(response, 422, wrong[0], "The run cannot be started", wrong[1], wrong[2]);
  return json(response, 200, estimateOf(submission));
}

async function ofLane(request, response, lane) {
  if (!lanes.knows(lane))
    return problem(response, 404, "unknown-provider", "Unknown provider", `No provider of ${lane}`);
  if (request.method === "DELETE") {
    lanes.reset(lane);
    return json(response, 202, { lane, limits: null });
  }
  const limits = JSON.parse(await bodyOf(request));
  if (limits.concurrency > 1000)
    return problem(
      response,
      422,
      "validation",
      "The limits cannot be used",
      "At most 1,000 calls at a time",
      "concurrency",
    );
  lanes.set(lane, limits);
  return json(response, 202, { lane, limits });
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

const ENDED = ["FAILED", "TIMED_OUT", "CANCELLED", "SKIPPED", "OK"];

async function ofRun(request, response, run, [what, callId, deed], url) {
  const { runId, status, stats } = run.view;
  const asked = `${request.method} ${what}${callId === undefined ? "" : ` ${deed}`}`;
  const call = run.calls.get(callId);
  if (callId !== undefined && call === undefined)
    return problem(response, 404, "call-not-found", "There is no such call", callId);
  switch (asked) {
    case "GET ":
      return json(response, 200, run.view);
    case "GET calls": {
      const state = url.searchParams.get("state");
      const limit = Number(url.searchParams.get("limit") ?? 1000);
      const from = Number(url.searchParams.get("cursor") ?? 0);
      const all = [...run.calls.values()].filter((each) => !state || each.state === state);
      const nextCursor = from + limit < all.length ? String(from + limit) : null;
      return json(response, 200, {
        items: all.slice(from, from + limit),
        nextCursor,
        asOf: run.view.asOf,
      });
    }
    case "GET calls events":
      return json(response, 200, { items: run.diary.eventsOf(callId) });
    case "POST calls cancel":
      if (ENDED.includes(call.state))
        return problem(response, 409, "call-state", "The call has ended", "It cannot be cancelled");
      soon(() => run.cancelCall(call));
      return json(response, 202, { runId, callId });
    case "GET log": {
      const { searchParams } = url;
      const limit = Number(searchParams.get("limit") ?? 1000);
      const level = searchParams.get("level") ?? "DEBUG";
      return json(response, 200, run.diary.page(searchParams.get("after"), limit, level));
    }
    case "GET log.txt":
      response.writeHead(200, {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": 'attachment; filename="log.txt"',
      });
      return response.end(run.diary.text());
    case "GET events":
      return run.stream(request, response);
    case "POST verify":
      return setTimeout(() => json(response, 200, verificationOf(run.view)), 600);
    case "POST retry": {
      const body = JSON.parse((await bodyOf(request)) || "{}");
      if (run.retryable(body.calls ?? null).length === 0)
        return problem(response, 409, "nothing-to-retry", "Nothing to retry", "No call has failed");
      if (body.maxCostUsd < stats.costUsd || body.maxCostUsd > 10_000)
        return problem(
          response,
          422,
          "validation",
          "The limits cannot be used",
          "Between what is spent and $10,000",
          "maxCostUsd",
        );
      soon(() => run.retry(body));
      return json(response, 202, { runId });
    }
    case "POST pause":
    case "POST resume":
    case "POST cancel":
      if (status === "FINISHED")
        return problem(
          response,
          409,
          "run-state",
          "The run has ended",
          `It cannot ${what} any more`,
        );
      soon(() => run[what]());
      return json(response, 202, { runId });
    default:
      return problem(response, 404, "not-found", "Not found", request.url);
  }
}

/** The run that was refused its key stands for one whose tables do not agree with its log. */
function verificationOf({ runId, name, asOf }) {
  const ok = name !== "Wrong key";
  const invariants = Array.from({ length: 12 }, (_, index) => ({
    id: `I${index + 1}`,
    ok: ok || index !== 0,
    detail: ok || index !== 0 ? "" : "planned 18, but the states add up to 17",
  }));
  const differences = ok ? [] : ["call 3f2a91: state FAILED in the log, IN_FLIGHT in the table"];
  return { runId, ok, asOf, digest: sha(runId), invariants, differences, attempts: [] };
}

/** Accepted is not done: the log says later that it has happened. */
function soon(work) {
  setTimeout(work, Number(process.env.MOCK_ANSWER_MS ?? 400));
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
  const [collection, id, what = "", ...more] = pathname
    .slice("/api/v1/".length)
    .split("/")
    .map(decodeURIComponent);
  if (collection === "lanes") {
    if (id === undefined) return json(response, 200, { lanes: lanes.list([...runs.values()]) });
    return ofLane(request, response, [id, what, ...more].filter(Boolean).join("/"));
  }
  if (collection === "workers")
    return json(response, 200, { workers: workers([...runs.values()]) });
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
  if (collection === "runs" && id === "estimate") return estimate(request, response);
  const run = runs.get(id);
  if (!run) return problem(response, 404, "run-not-found", "There is no such run", id);
  const judged = request.method === "GET" && judgedAnswer(run, what, more[0], url);
  if (judged) {
    const { type, body, file: name } = judged;
    const disposition = name && { "Content-Disposition": `attachment; filename="${name}"` };
    response.writeHead(200, { "Content-Type": type, ...disposition });
    return response.end(body);
  }
  return ofRun(request, response, run, [what, ...more], url);
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
