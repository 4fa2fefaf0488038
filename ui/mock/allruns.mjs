// The runs that the scripted gateway knows, and how one is added.
import { bodyOf, json, jsonOf, problem } from "./answers.mjs";
import { planOf } from "./plan.mjs";
import { reEvaluationOf } from "./reevaluation.mjs";
import { Run } from "./run.mjs";
import { invalid } from "./submission.mjs";

export class AllRuns {
  #ledger;
  #runs = new Map();
  #keys = new Map();

  constructor(ledger, runs) {
    this.#ledger = ledger;
    for (const run of runs) this.#runs.set(run.view.runId, run);
  }

  /** All that were not deleted. */
  get known() {
    return [...this.#runs.values()].filter(({ view }) => !view.deleted);
  }

  /** Undefined when there is no such run, or none any more. */
  find(runId) {
    const run = this.#runs.get(runId);
    return run?.view.deleted ? undefined : run;
  }

  list(response, search) {
    const limit = Number(search.get("limit") ?? 50);
    const from = Number(search.get("cursor") ?? 0);
    const archived = search.get("archived") === "true";
    const all = this.known
      .filter(({ view }) => view.archived === archived)
      .sort((a, b) => b.view.requestedAt.localeCompare(a.view.requestedAt));
    json(response, 200, {
      items: all.slice(from, from + limit).map((run) => ({ ...run.view, spec: null })),
      nextCursor: from + limit < all.length ? String(from + limit) : null,
    });
  }

  async submit(request, response) {
    const submission = JSON.parse(await bodyOf(request));
    const wrong = invalid(submission);
    if (wrong)
      return problem(response, 422, wrong[0], "The run cannot be started", wrong[1], wrong[2]);
    return this.#start(request, response, () => new Run(planOf(submission), this.#ledger));
  }

  /** The scripted judges are always the same ones, so it is judged as before only. */
  async reEvaluate(request, response, run) {
    const { evaluation, name, maskSuspicions = false } = await jsonOf(request);
    if (run.view.status !== "FINISHED")
      return problem(response, 409, "run-state", "The run has not ended", "Wait until it has");
    if (evaluation !== undefined || !run.isJudged) {
      const detail = "The scripted judges can only judge as before what was judged";
      return problem(response, 422, "validation", "It is not judged again", detail, "evaluation");
    }
    return this.#start(request, response, () =>
      reEvaluationOf(run, { name, mask: maskSuspicions }, this.#ledger),
    );
  }

  /** The same key gives the same run. */
  #start(request, response, create) {
    const key = request.headers["idempotency-key"];
    let run = this.#keys.get(key);
    if (run === undefined) {
      run = create();
      this.#runs.set(run.view.runId, run);
      if (key) this.#keys.set(key, run);
      run.start();
    }
    const { runId, spec, stats } = run.view;
    const planned = { GENERATION: stats.planned };
    const headers = { Location: `/api/v1/runs/${runId}` };
    return json(response, 201, { runId, spec, planned }, headers);
  }
}
