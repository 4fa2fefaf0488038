// Lanes and workers as they would be heard of, derived from what the scripted runs do.

const at = () => new Date().toISOString();

const CONFIGURED = {
  openai: { concurrency: 40, requestsPerMinute: 600, tokensPerMinute: 900_000, adaptive: true },
  "openai:gpt-5.1": {
    concurrency: 12,
    requestsPerMinute: 120,
    tokensPerMinute: null,
    adaptive: true,
  },
  "openai-compatible": {
    concurrency: 8,
    requestsPerMinute: null,
    tokensPerMinute: null,
    adaptive: false,
  },
};

export class Lanes {
  #limits = new Map(Object.entries(CONFIGURED));
  #blocked = new Map();

  knows(lane) {
    return ["openai", "openai-compatible"].includes(lane.split(":")[0]);
  }

  set(lane, limits) {
    setTimeout(() => this.#limits.set(lane, limits), 1_500);
  }

  reset(lane) {
    setTimeout(() => {
      if (CONFIGURED[lane]) this.#limits.set(lane, CONFIGURED[lane]);
      else this.#limits.delete(lane);
    }, 1_500);
  }

  list(runs) {
    this.#sometimesBlock();
    return [...this.#limits.keys()].sort().map((lane) => this.#view(lane, runs));
  }

  #sometimesBlock() {
    const until = this.#blocked.get("openai:gpt-5.1") ?? 0;
    if (until < Date.now() - 40_000) this.#blocked.set("openai:gpt-5.1", Date.now() + 12_000);
  }

  #view(lane, runs) {
    const limits = this.#limits.get(lane);
    const calls = runs.flatMap((run) =>
      run.view.status === "FINISHED" ? [] : [...run.calls.values()],
    );
    const mine = calls.filter(({ model }) => model === lane || this.#laneOf(model) === lane);
    const inFlight = mine.filter(({ state }) => state === "IN_FLIGHT").length;
    const wave = Math.round(Math.sin(Date.now() / 9_000) * limits.concurrency * 0.25);
    const until = this.#blocked.get(lane) ?? 0;
    return {
      lane,
      limits,
      overridden: limits !== CONFIGURED[lane],
      concurrencyNow: limits.adaptive
        ? Math.max(1, Math.round(limits.concurrency * 0.75) + wave)
        : limits.concurrency,
      inFlight: Math.min(inFlight, limits.concurrency),
      waiting: mine.filter(({ state }) => state === "QUEUED").length,
      runs: new Set(mine.map(({ runId }) => runId)).size,
      blockedUntil: until > Date.now() ? new Date(until).toISOString() : null,
      requestsInWindow: Math.min(inFlight * 9, limits.requestsPerMinute ?? Infinity),
      tokensInWindow: inFlight * 9_300,
      at: at(),
    };
  }

  #laneOf(model) {
    return this.#limits.has(model) ? model : model.split(":")[0];
  }
}

export function workers(runs) {
  const calls = runs.flatMap((run) => [...run.calls.values()]);
  const busy = (id) =>
    calls.filter((call) => call.workerId === id && call.state === "IN_FLIGHT").length;
  const worker = (number, agoMs, draining, buildId = "a1b2c3d4e5") => ({
    providers: ["openai", "openai-compatible"],
    workerId: `worker-${number}`,
    buildId,
    at: new Date(Date.now() - agoMs).toISOString(),
    slots: 32,
    inFlight: Math.min(32, busy(`worker-${number}`)),
    draining,
    silent: agoMs > 10_000,
  });
  return [
    worker(1, 900, false),
    worker(2, 1_700, false),
    worker(3, 300, true),
    worker(4, 74_000, false, "0f0f0f0f0f"),
  ];
}
