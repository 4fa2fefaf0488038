import type { GatewayVersion } from "../api/types.ts";

export const DEVELOPMENT = "development";

/** The commit that this bundle was built from. */
export const UI_BUILD = import.meta.env.ACM2_BUILD_ID;

/** Who runs another build than the gateway. A development UI differs from all, so it is left out. */
export function differingBuilds(ui: string, version: GatewayVersion): string[] {
  const others = version.services
    .filter((service) => service.buildId !== version.buildId)
    .map((service) => service.service);
  const self = ui === DEVELOPMENT || ui === version.buildId ? [] : ["this page"];
  return [...self, ...new Set(others)];
}
