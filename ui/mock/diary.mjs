// What a run says of itself: console lines for people, and raw events.

const KEPT = 200_000;

export class Diary {
  #lines = [];
  #events = new Map();

  /** `about` is a call, or null for the whole run. */
  say(level, about, text, at) {
    if (this.#lines.length >= KEPT) return;
    this.#lines.push({
      position: `0.${this.#lines.length + 1}`,
      at,
      level,
      callId: about?.callId ?? null,
      epoch: about?.epoch ?? 0,
      attempt: about?.attempt ?? 0,
      source: about?.workerId ?? "orchestrator-1",
      text,
    });
  }

  page(after, limit, level) {
    const levels = ["DEBUG", "INFO", "WARN", "ERROR"];
    const from = after === null ? 0 : Number(after.slice(2));
    const items = this.#lines
      .slice(from, from + limit)
      .filter((line) => levels.indexOf(line.level) >= levels.indexOf(level));
    return { items, next: `0.${Math.min(this.#lines.length, from + limit)}` };
  }

  text() {
    return this.#lines
      .map(({ at, level, callId, text }) => `${at} ${level} ${callId ?? "-"} ${text}`)
      .join("\n");
  }

  record(type, call, offset, at, event = {}) {
    const events = this.#events.get(call.callId) ?? [];
    events.push({
      partition: 0,
      offset,
      at,
      type,
      producer: { service: "fpf-worker", instance: call.workerId ?? "1", buildId: "a1b2c3d4e5" },
      event: { callId: call.callId, epoch: call.epoch, ...event },
    });
    this.#events.set(call.callId, events);
  }

  eventsOf(callId) {
    return this.#events.get(callId) ?? [];
  }
}
