import { useQuery } from "@tanstack/react-query";
import { versionQuery } from "../api/queries.ts";
import { count } from "../models/format.ts";
import { DEVELOPMENT, UI_BUILD } from "../shell/builds.ts";
import { Badge, Card, Scroll } from "../shell/ui.tsx";
import { Loaded } from "./Loaded.tsx";

/** Every build on both sides of the page; one that is not the gateway's is marked. */
export function VersionsCard() {
  const version = useQuery(versionQuery);
  return (
    <Card
      id="versions"
      title="Versions"
      aside={
        version.data !== undefined && (
          <span className="text-xs text-ink-2 tabular">
            {`Tables of generation ${count(version.data.generation)}`}
          </span>
        )
      }
    >
      <Loaded query={version}>
        {({ buildId, services }) => (
          <Scroll label="Build of each part">
            <table className="table w-full border-t border-line" data-testid="versions-table">
              <thead>
                <tr>
                  <th scope="col">Part</th>
                  <th scope="col" className="text-left!">
                    Build
                  </th>
                  <th scope="col">Against the gateway</th>
                </tr>
              </thead>
              <tbody>
                <Build name="Gateway" build={buildId} gateway={buildId} />
                <Build name="This page" build={UI_BUILD} gateway={buildId} />
                {services.map((each) => (
                  <Build
                    key={`${each.service} ${each.instance}`}
                    name={each.service}
                    build={each.buildId}
                    gateway={buildId}
                  />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </Loaded>
    </Card>
  );
}

function Build({ name, build, gateway }: { name: string; build: string; gateway: string }) {
  const same = build === gateway;
  const unbuilt = name === "This page" && build === DEVELOPMENT;
  return (
    <tr data-differs={!same && !unbuilt}>
      <th scope="row" className="font-medium">
        {name}
      </th>
      <td className="text-left! font-mono text-xs">{build}</td>
      <td>
        {same ? (
          <span className="text-ink-2">the same</span>
        ) : unbuilt ? (
          <span className="text-ink-2">not released</span>
        ) : (
          <Badge label={{ text: "Differs", tone: "timed-out" }} />
        )}
      </td>
    </tr>
  );
}
