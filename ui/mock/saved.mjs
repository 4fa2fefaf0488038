// Saved submissions, each with all of its versions.
import { RUBRIC } from "./texts.mjs";

export class SavedPresets {
  #versions = new Map();

  constructor() {
    const models = [{ model: "openai:gpt-5.1", iterations: 2 }, { model: "openai:gpt-5-mini" }];
    const judges = [{ model: "openai:gpt-5.1" }];
    const first = { name: "Briefings", generation: { models } };
    this.#add("Briefings", first);
    this.#add("Briefings", { ...first, evaluation: { rubric: RUBRIC, judges, iterations: 2 } });
    this.#add("Drafts, cheap", { name: "Drafts", generation: { models: models.slice(1) } });
  }

  #add(name, submission) {
    const before = this.#versions.get(name) ?? [];
    const version = before.length === 0 ? 1 : before[0].version + 1;
    const saved = { name, version, savedAt: new Date().toISOString(), submission };
    this.#versions.set(name, [saved, ...before]);
    return saved;
  }

  /** The latest version of each, by name. */
  list() {
    const latest = [...this.#versions.values()].map(([newest]) => newest);
    return latest.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Newest first; empty when nothing has this name. */
  versions(name) {
    return this.#versions.get(name) ?? [];
  }

  /** Undefined when another version than the one that was changed is the latest. */
  save(name, { basedOn = null, submission }) {
    const latest = this.versions(name)[0]?.version ?? null;
    return latest === basedOn ? this.#add(name, submission) : undefined;
  }

  delete(name) {
    return this.#versions.delete(name);
  }
}
