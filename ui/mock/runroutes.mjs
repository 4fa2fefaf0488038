// What may be read of a run and asked of it.
import { download, json, jsonOf, problem } from "./answers.mjs";
import { hasEnded, onTheWire } from "./call.mjs";
import { eventsOf, historyOf } from "./history.mjs";
import { watch } from "./stream.mjs";
import { verificationOf } from "./verification.mjs";

/** By method and what is asked for, each `(run, request, response, search)`. */
const ROUTES = {
  "GET ": (run, _, response) => json(response, 200, run.view),
  "GET calls": calls,
  "GET log": (run, _, response, search) => {
    const limit = Number(search.get("limit") ?? 1000);
    const page = run.diary.page(search.get("after"), limit, search.get("level") ?? "DEBUG");
    json(response, 200, page);
  },
  "GET log.txt": (run, _, response) =>
    download(response, "text/plain; charset=utf-8", "log.txt", run.diary.text()),
  "GET history": (run, _, response, search) => json(response, 200, historyOf(run, search)),
  "GET events": watch,
  "POST verify": (run, _, response) =>
    setTimeout(() => json(response, 200, verificationOf(run.view)), 600),
  "POST retry": retry,
  "POST pause": unlessFinished((run) => run.pause()),
  "POST resume": unlessFinished((run) => run.resume()),
  "POST cancel": unlessFinished((run) => run.cancel()),
  "POST archive": (run, _, response) => accept(run, response, () => run.archive()),
  "POST unarchive": (run, _, response) => accept(run, response, () => run.unarchive()),
  "POST delete": remove,
};

export function ofRun(request, response, run, [what, callId, deed], url) {
  if (callId !== undefined) return ofCall(request, response, run, [what, callId, deed], url);
  const route = ROUTES[`${request.method} ${what}`];
  if (route === undefined) return problem(response, 404, "not-found", "Not found", request.url);
  return route(run, request, response, url.searchParams);
}

function ofCall(request, response, run, [what, callId, deed], url) {
  const call = run.calls.get(callId);
  if (call === undefined)
    return problem(response, 404, "call-not-found", "There is no such call", callId);
  switch (`${request.method} ${what} ${deed}`) {
    case "GET calls events":
      return json(response, 200, eventsOf(run, callId, url.searchParams));
    case "POST calls cancel":
      if (hasEnded(call))
        return problem(response, 409, "call-state", "The call has ended", "It cannot be cancelled");
      soon(() => run.cancelCall(call));
      return json(response, 202, { runId: run.view.runId, callId });
    default:
      return problem(response, 404, "not-found", "Not found", request.url);
  }
}

/** Accepted is not done: the log says later that it has happened. */
function soon(work) {
  setTimeout(work, Number(process.env.MOCK_ANSWER_MS ?? 400));
}

function accept(run, response, work) {
  soon(work);
  return json(response, 202, { runId: run.view.runId });
}

function unlessFinished(work) {
  return (run, _, response) =>
    run.view.status === "FINISHED"
      ? problem(response, 409, "run-state", "The run has ended", "Nothing of it happens any more")
      : accept(run, response, () => work(run));
}

function calls(run, _, response, search) {
  const state = search.get("state");
  const limit = Number(search.get("limit") ?? 1000);
  const from = Number(search.get("cursor") ?? 0);
  const all = [...run.calls.values()].filter((each) => !state || each.state === state);
  return json(response, 200, {
    items: all.slice(from, from + limit).map(onTheWire),
    nextCursor: from + limit < all.length ? String(from + limit) : null,
    asOf: run.view.asOf,
  });
}

async function retry(run, request, response) {
  const body = await jsonOf(request);
  const { calls: ids = null, from = null, maxCostUsd } = body;
  const { status, stats, byPhase } = run.view;
  if (from !== null && status !== "FINISHED")
    return problem(response, 409, "run-state", "The run has not ended", "A phase cannot run anew");
  if (from !== null && byPhase[from] === undefined)
    return problem(response, 409, "nothing-to-retry", "Nothing to retry", `No call of ${from}`);
  if (run.retryable(ids, from).length === 0)
    return problem(response, 409, "nothing-to-retry", "Nothing to retry", "No call has failed");
  if (maxCostUsd < stats.costUsd || maxCostUsd > 10_000) {
    const detail = "Between what is spent and $10,000";
    const title = "The limits cannot be used";
    return problem(response, 422, "validation", title, detail, "maxCostUsd");
  }
  return accept(run, response, () => run.retry(body));
}

async function remove(run, request, response) {
  const { confirm } = await jsonOf(request);
  if (confirm !== run.view.name) {
    const detail = "This is not the name of the run";
    return problem(response, 422, "validation", "The run is not deleted", detail, "confirm");
  }
  if (run.view.status !== "FINISHED")
    return problem(response, 409, "run-state", "The run has not ended", "Cancel it first");
  return accept(run, response, () => run.delete());
}
