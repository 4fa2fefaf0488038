// What a run says of itself: console lines for people, and raw events.

const KEPT = 200_000;
const BUILD = "a1b2c3d4e5";

export class Diary {
  #lines = [];
  #events = [];

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

  /** `call` is null when the event is about the whole run. */
  record({ type, at, event }, call, offset, worker = null) {
    this.#events.push({
      partition: 0,
      offset,
      at,
      type,
      callId: call?.callId ?? null,
      producer:
        worker === null
          ? { service: "orchestrator-service", instance: "orchestrator-1", buildId: BUILD }
          : { service: "fpf-worker", instance: worker, buildId: BUILD },
      event: call === null ? event : { callId: call.callId, epoch: call.epoch, ...event },
    });
  }

  /** The events that are wanted, oldest first; `wants(event)` picks them. */
  history(wants, after, limit) {
    const from = after === null ? -1 : Number(after.slice(2));
    const found = this.#events.filter((event) => event.offset > from && wants(event));
    const items = found.slice(0, limit);
    return {
      items,
      nextCursor: found.length > items.length ? `0.${items.at(-1).offset}` : null,
    };
  }
}
