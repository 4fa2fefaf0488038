// What the scripted gateway tells of the system: its services, providers and models.
import { workers } from "./lanes.mjs";

const BUILD = "a1b2c3d4e5";
const SERVICES = ["orchestrator-service", "fpf-worker", "stats-projector", "gateway"];

export const models = [
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
  searchUsdPerThousand: model.startsWith("openai:") ? 10 : null,
}));

const services = () =>
  SERVICES.map((service) => ({
    service,
    instance: `${service}-1`,
    buildId: BUILD,
    lastSeenAt: new Date().toISOString(),
  }));

/** Only workers tell of themselves while nothing happens, and one of them has fallen silent. */
function health(runs) {
  const others = services()
    .filter(({ service }) => service !== "fpf-worker")
    .map((service) => ({ ...service, status: "SEEN" }));
  const heard = workers(runs).map(({ workerId, buildId, at, silent }) => ({
    service: "fpf-worker",
    instance: workerId,
    buildId,
    lastSeenAt: at,
    status: silent ? "SILENT" : "UP",
  }));
  return {
    services: [...others, ...heard],
    log: "UP",
    store: "UP",
    projector: { behindEvents: 0 },
  };
}

/** Nobody has a key for the last two. */
function providers(runs) {
  const live = workers(runs).filter(({ silent }) => !silent);
  return ["openai", "openai-compatible", "anthropic", "google"].map((provider) => {
    const having = live.filter((worker) => worker.providers.includes(provider)).length;
    return { provider, configured: having > 0, workers: having };
  });
}

/** Undefined when something else was asked. */
export function systemAnswer(collection, runs) {
  switch (collection) {
    case "workers":
      return { workers: workers(runs) };
    case "providers":
      return { providers: providers(runs) };
    case "health":
      return health(runs);
    case "models":
      return { models, catalogue: { asOf: "2026-01-15", source: "price lists of the providers" } };
    case "quarantine":
      return { count: 0, items: [] };
    case "version":
      return { buildId: BUILD, generation: 1, services: services() };
    default:
      return undefined;
  }
}
