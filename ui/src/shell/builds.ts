import type { GatewayVersion } from "../api/types.ts";

export const DEVELOPMENT = "development";

/** The commit that this bundle was built from. */
export const UI_BUILD = import.meta.env.ACM2_BUILD_ID;

type Service = GatewayVersion["services"][number];

/** Instances that were heard of so closely after each other work side by side. */
const TOGETHER_MS = 60_000;

/** Whoever has not been heard of for so long may have been replaced by one that has said nothing yet. */
const FORGOTTEN_MS = 600_000;

/** The instances that are at work, as far as one can tell: not those that newer ones have replaced. */
export function presentServices({ services }: GatewayVersion, now: number): Service[] {
  const seen = ({ lastSeenAt }: Service) => Date.parse(lastSeenAt);
  return services.filter((each) => {
    const newest = services.filter(({ service }) => service === each.service).map(seen);
    return seen(each) > now - FORGOTTEN_MS && seen(each) >= Math.max(...newest) - TOGETHER_MS;
  });
}

/** Who runs another build than the gateway. A development UI differs from all, so it is left out. */
export function differingBuilds(ui: string, version: GatewayVersion, now: number): string[] {
  const others = presentServices(version, now)
    .filter((service) => service.buildId !== version.buildId)
    .map((service) => service.service);
  const self = ui === DEVELOPMENT || ui === version.buildId ? [] : ["this page"];
  return [...self, ...new Set(others)];
}
