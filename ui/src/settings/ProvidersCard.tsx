import { useQuery } from "@tanstack/react-query";
import { counted } from "../models/format.ts";
import { Badge, Card } from "../shell/ui.tsx";
import { Loaded } from "./Loaded.tsx";
import { providersQuery } from "./settingsQueries.ts";

export function ProvidersCard() {
  const providers = useQuery(providersQuery);
  return (
    <Card
      id="providers"
      title="Providers"
      aside={
        <span className="text-xs text-ink-2">
          Keys stay in the environment of the workers and are shown nowhere
        </span>
      }
    >
      <Loaded query={providers}>
        {(list) =>
          list.length === 0 ? (
            <p className="border-t border-line px-4 py-3 text-ink-2">
              The catalogue names no provider.
            </p>
          ) : (
            <ul
              data-testid="providers"
              className="grid gap-px border-t border-line bg-line sm:grid-cols-2"
            >
              {list.map(({ provider, configured, workers }) => (
                <li
                  key={provider}
                  data-testid={`provider-${provider}`}
                  className="flex min-w-0 flex-wrap items-center justify-between gap-x-3 gap-y-1 bg-surface px-4 py-2.5 sm:last:odd:col-span-2"
                >
                  <span className="min-w-0 font-mono text-xs wrap-anywhere">{provider}</span>
                  <span className="flex items-center gap-3">
                    <span className="text-xs text-ink-2 tabular">{counted(workers, "worker")}</span>
                    <Badge
                      label={
                        configured
                          ? { text: "Configured", tone: "ok" }
                          : { text: "Not configured", tone: "muted" }
                      }
                    />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
