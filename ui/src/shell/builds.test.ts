import { describe, expect, it } from "vitest";
import type { GatewayVersion } from "../api/types.ts";
import { differingBuilds } from "./builds.ts";

const NOW = Date.parse("2026-01-01T00:00:30Z");

function version(...builds: string[]): GatewayVersion {
  const services = builds.map((buildId, index) => ({
    service: `service-${index}`,
    instance: `${index}`,
    buildId,
    lastSeenAt: "2026-01-01T00:00:00Z",
  }));
  return { buildId: "abc", generation: 1, services };
}

describe("differingBuilds", () => {
  it("should be quiet when all run one build", () => {
    expect(differingBuilds("abc", version("abc", "abc"), NOW)).toEqual([]);
  });

  it("should name a page that is older than its gateway", () => {
    expect(differingBuilds("old", version("abc"), NOW)).toEqual(["this page"]);
  });

  it("should name a service that was not restarted", () => {
    expect(differingBuilds("abc", version("abc", "old"), NOW)).toEqual(["service-1"]);
  });

  it("should not warn about a development page", () => {
    expect(differingBuilds("development", version("abc"), NOW)).toEqual([]);
  });

  describe("after an upgrade", () => {
    const seen = (instance: string, buildId: string, lastSeenAt: string) => ({
      service: "fpf-worker",
      instance,
      buildId,
      lastSeenAt,
    });
    const old = seen("a", "old", "2026-01-01T00:00:00Z");
    const of = (...services: (typeof old)[]) => ({ buildId: "abc", generation: 1, services });

    it("should not warn of an instance that another one has replaced", () => {
      const fresh = seen("b", "abc", "2026-01-01T00:02:00Z");
      const now = Date.parse("2026-01-01T00:02:01Z");
      expect(differingBuilds("abc", of(old, fresh), now)).toEqual([]);
    });

    it("should warn while both are at work", () => {
      const fresh = seen("b", "abc", "2026-01-01T00:00:20Z");
      expect(differingBuilds("abc", of(old, fresh), NOW)).toEqual(["fpf-worker"]);
    });

    it("should not warn for ever of one that has fallen silent", () => {
      expect(differingBuilds("abc", of(old), NOW)).toEqual(["fpf-worker"]);
      expect(differingBuilds("abc", of(old), NOW + 3_600_000)).toEqual([]);
    });
  });
});
