import type { Frame, Pulse } from "../api/types.ts";
import type { SseMessage } from "./sse.ts";

/** What the messages of the stream say, as far as they are of this contract. */

/** The event that is no frame of a run. */
export const PULSE = "pulse";

/** One that cannot be read says nothing: the next one comes soon. */
export function pulseOf(message: SseMessage): Pulse | null {
  if (message.kind === "comment" || message.event !== PULSE) return null;
  return parsed(message.data) as Pulse | null;
}

const EVENTS: ReadonlySet<string> = new Set(["snapshot", "delta", "reset", "bye", "gone"]);

/** The frame of one event; null when its name or its JSON is not of this contract. */
export function parseFrame(event: string, data: string): Frame | null {
  if (!EVENTS.has(event)) return null;
  const frame = parsed(data);
  return frame === null ? null : ({ ...frame, event } as Frame);
}

function parsed(json: string): object | null {
  try {
    return JSON.parse(json) as object;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
