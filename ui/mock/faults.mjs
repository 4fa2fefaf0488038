// What can go wrong with an attempt, by the names of the provider simulator.

export const FAULTS = {
  "rate-limit": {
    kind: "RATE_LIMITED",
    httpStatus: 429,
    message: "Rate limit reached for requests per minute",
  },
  overloaded: {
    kind: "OVERLOADED",
    httpStatus: 503,
    message: "The engine is overloaded, try again later",
  },
  "server-error": {
    kind: "SERVER_ERROR",
    httpStatus: 500,
    message: "The server had an error while processing your request",
  },
  reset: { kind: "NETWORK", httpStatus: null, message: "Connection reset by peer" },
  timeout: {
    kind: "ATTEMPT_TIMEOUT",
    httpStatus: null,
    message: "No complete answer within 5 m",
    final: true,
  },
  refused: {
    kind: "CONTENT_REFUSED",
    httpStatus: 200,
    message: "The answer was stopped by the content filter",
    final: true,
  },
  auth: { kind: "AUTH", httpStatus: 401, message: "Incorrect API key provided", final: true },
};

export function faultOf(behaviour) {
  const name = typeof behaviour === "string" ? behaviour : behaviour.fault;
  return FAULTS[name.toLowerCase().replaceAll("_", "-")] ?? null;
}

/** A fixed draw from the id, so that a reload of the mock shows the same kinds of trouble. */
export const draw = (call, salt) => (parseInt(call.callId.slice(salt, salt + 4), 16) % 1000) / 1000;

/** A little of everything that can go wrong. */
export function someFaults(call, attempt) {
  const x = draw(call, 8);
  if (x < 0.16 && attempt === 1) return FAULTS["rate-limit"];
  if (x < 0.22 && attempt <= 2) return FAULTS.overloaded;
  if (x < 0.25) return FAULTS["server-error"];
  if (x < 0.27) return FAULTS.timeout;
  return x < 0.28 ? FAULTS.refused : null;
}
