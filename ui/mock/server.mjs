// A scripted gateway and provider ledger for developing the UI without the backend.
//   node mock/server.mjs [port]      serves the API, the built UI and /__ledger on one port
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { AllRuns } from "./allruns.mjs";
import { bodyOf, download, json, jsonOf, problem } from "./answers.mjs";
import { estimateOf } from "./estimate.mjs";
import { Lanes } from "./lanes.mjs";
import { Ledger } from "./ledger.mjs";
import { pacesOf } from "./pace.mjs";
import { textOf } from "./plan.mjs";
import { preset } from "./presets.mjs";
import { ofRun } from "./runroutes.mjs";
import { SavedPresets } from "./saved.mjs";
import { judgedAnswer } from "./source.mjs";
import { watchMany } from "./stream.mjs";
import { invalid } from "./submission.mjs";
import { systemAnswer } from "./system.mjs";

const port = Number(process.argv[2] ?? process.env.PORT ?? 8080);
const dist =
  process.env.MOCK_DIST ??
  fileURLToPath(new URL("../target/classes/META-INF/resources/", import.meta.url));

const ledger = new Ledger();
const lanes = new Lanes();
const saved = new SavedPresets();
const runs = new AllRuns(ledger, preset(ledger));

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

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

/** Saved submissions: all of them, or one with its versions. */
async function ofPresets(request, response, name, what) {
  const unknown = () =>
    problem(response, 404, "preset-not-found", "There is no such preset", String(name));
  if (name === undefined) return json(response, 200, { items: saved.list() });
  const versions = saved.versions(name);
  switch (`${request.method} ${what}`) {
    case "GET versions":
      return versions.length === 0 ? unknown() : json(response, 200, { items: versions });
    case "GET ":
      return versions.length === 0 ? unknown() : json(response, 200, versions[0]);
    case "PUT ": {
      const preset = saved.save(name, await jsonOf(request));
      return preset === undefined
        ? problem(response, 409, "preset-changed", "The preset has changed", "Look at it again")
        : json(response, 201, preset);
    }
    case "DELETE ":
      if (!saved.delete(name)) return unknown();
      response.writeHead(204);
      return response.end();
    default:
      return problem(response, 404, "not-found", "Not found", request.url);
  }
}

function ofEvents(request, response, ids) {
  if (ids.length < 1 || ids.length > 20) {
    const detail = "run must be given 1 to 20 times";
    return problem(response, 422, "validation", "Not so many runs", detail, "run");
  }
  return watchMany(ids, (id) => runs.find(id), request, response);
}

function ofPaces(response, ids) {
  if (ids.length < 1 || ids.length > 100) {
    const detail = "run must be given 1 to 100 times";
    return problem(response, 422, "validation", "Not so many runs", detail, "run");
  }
  return json(response, 200, pacesOf(ids.map((id) => runs.find(id)).filter(Boolean)));
}

function ofArtifact(response, sha256) {
  const text = textOf(sha256);
  return text === undefined
    ? problem(response, 404, "artifact-not-found", "There is no such artifact", sha256)
    : download(response, "text/markdown; charset=utf-8", `${sha256}.md`, text);
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
  const { method } = request;
  const told = systemAnswer(collection, runs.known);
  if (told !== undefined) return json(response, 200, told);
  switch (collection) {
    case "events":
      return ofEvents(request, response, url.searchParams.getAll("run"));
    case "lanes":
      if (id === undefined) return json(response, 200, { lanes: lanes.list(runs.known) });
      // Nobody kept how the lanes stood before.
      if (id === "history") return json(response, 200, { lanes: [] });
      return ofLane(request, response, [id, what, ...more].filter(Boolean).join("/"));
    case "presets":
      return ofPresets(request, response, id, what);
    case "artifacts":
      return ofArtifact(response, id);
    case "runs":
      if (id === "estimate") return estimate(request, response);
      if (id === "pace") return ofPaces(response, url.searchParams.getAll("run"));
      if (id !== undefined) return ofOneRun(request, response, id, [what, ...more], url);
      return method === "POST"
        ? runs.submit(request, response)
        : runs.list(response, url.searchParams);
    default:
      return problem(response, 404, "not-found", "Not found", pathname);
  }
}

function ofOneRun(request, response, runId, path, url) {
  const run = runs.find(runId);
  if (run === undefined)
    return problem(response, 404, "run-not-found", "There is no such run", runId);
  const [what, id] = path;
  if (request.method === "POST" && what === "re-evaluate")
    return runs.reEvaluate(request, response, run);
  const judged = request.method === "GET" && judgedAnswer(run, what, id, url);
  if (!judged) return ofRun(request, response, run, path, url);
  const { type, body, file: name } = judged;
  if (name !== undefined) return download(response, type, name, body);
  response.writeHead(200, { "Content-Type": type });
  return response.end(body);
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
