import { describe, expect, it } from "vitest";
import {
  CONNECTING,
  connectionAfter,
  reconnectDelay,
  retryAfterMs,
  type Connection,
  type Signal,
} from "./connection.ts";

function after(...signals: Signal[]): Connection {
  return signals.reduce(connectionAfter, CONNECTING);
}

describe("connectionAfter", () => {
  it("should be live only after the snapshot", () => {
    expect(after({ kind: "opened", resumed: false })).toEqual({ kind: "catching-up", base: true });
    const early = after(
      { kind: "opened", resumed: false },
      { kind: "heartbeat" },
      { kind: "frame", event: "delta" },
    );
    expect(early.kind).toBe("catching-up");
    expect(connectionAfter(early, { kind: "frame", event: "snapshot" })).toEqual({ kind: "live" });
  });

  it("should be live after the first sign of life of a resumed stream", () => {
    expect(after({ kind: "opened", resumed: true }, { kind: "heartbeat" }).kind).toBe("live");
    const delta = { kind: "frame", event: "delta" } as const;
    expect(after({ kind: "opened", resumed: true }, delta).kind).toBe("live");
  });

  it("should need a snapshot after a reset even when it was resumed", () => {
    const reset = after(
      { kind: "opened", resumed: true },
      { kind: "frame", event: "reset" },
      { kind: "heartbeat" },
    );
    expect(reset).toEqual({ kind: "catching-up", base: true });
  });

  it("should be stale since the first loss, not since the last failed attempt", () => {
    const live = after({ kind: "opened", resumed: false }, { kind: "frame", event: "snapshot" });
    const lost = connectionAfter(live, {
      kind: "lost",
      at: 1_000,
      reason: "HTTP 503",
    });
    expect(connectionAfter(lost, { kind: "lost", at: 9_000, reason: "refused" })).toEqual({
      kind: "stale",
      since: 1_000,
      reason: "refused",
    });
  });

  it("should still be connecting when the first attempt fails", () => {
    expect(after({ kind: "lost", at: 1, reason: "refused" })).toEqual(CONNECTING);
  });

  it("should know that a run is gone, and why", () => {
    const gone = { kind: "gone", why: "deleted" } as const;
    expect(after(gone)).toEqual(gone);
  });
});

describe("reconnectDelay", () => {
  it("should stay between 0.5 and 30 s and grow", () => {
    expect(reconnectDelay(0, 0)).toBe(500);
    expect(reconnectDelay(0, 1)).toBe(1_000);
    expect(reconnectDelay(3, 1)).toBe(8_000);
    expect(reconnectDelay(40, 1)).toBe(30_000);
    expect(reconnectDelay(40, 0)).toBe(500);
  });
});

describe("retryAfterMs", () => {
  it("should read seconds and dates", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    expect(retryAfterMs("3", now)).toBe(3_000);
    expect(retryAfterMs("Thu, 01 Jan 2026 00:00:07 GMT", now)).toBe(7_000);
    expect(retryAfterMs("Wed, 31 Dec 2025 00:00:07 GMT", now)).toBe(0);
  });

  it("should be null when it cannot be read", () => {
    expect(retryAfterMs(null, 0)).toBeNull();
    expect(retryAfterMs("soon", 0)).toBeNull();
  });
});
