import { describe, expect, it } from "vitest";
import type { GatewayVersion } from "../api/types.ts";
import { differingBuilds } from "./builds.ts";

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
    expect(differingBuilds("abc", version("abc", "abc"))).toEqual([]);
  });

  it("should name a page that is older than its gateway", () => {
    expect(differingBuilds("old", version("abc"))).toEqual(["this page"]);
  });

  it("should name a service that was not restarted", () => {
    expect(differingBuilds("abc", version("abc", "old"))).toEqual(["service-1"]);
  });

  it("should not warn about a development page", () => {
    expect(differingBuilds("development", version("abc"))).toEqual([]);
  });
});
