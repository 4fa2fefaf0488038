import { useQuery } from "@tanstack/react-query";
import { quarantineQuery } from "../api/queries.ts";
import { clock, count, counted } from "../models/format.ts";
import { useNow } from "../shell/now.ts";
import { Card, Scroll } from "../shell/ui.tsx";
import { Loaded } from "./Loaded.tsx";

/** Records of the log that nobody could read; everything else went on without them. */
export function QuarantineCard() {
  const quarantine = useQuery(quarantineQuery);
  const now = useNow();
  return (
    <Card
      id="quarantine"
      title="Quarantine"
      aside={
        <span className="text-xs text-ink-2">
          Records of the log that could not be read, kept for a person
        </span>
      }
    >
      <Loaded query={quarantine}>
        {({ count: all, items }) =>
          all === 0 ? (
            <p className="border-t border-line px-4 py-3 text-ink-2">
              Nothing: every record could be read.
            </p>
          ) : (
            <>
              <Scroll label="Unreadable records">
                <table className="table w-full border-t border-line" data-testid="quarantine">
                  <thead>
                    <tr>
                      <th scope="col">Topic</th>
                      <th scope="col">Partition</th>
                      <th scope="col">Offset</th>
                      <th scope="col">At</th>
                      <th scope="col" className="text-left!">
                        Error
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((item) => (
                      <tr key={`${item.topic} ${item.partition} ${item.offset}`}>
                        <th scope="row" className="font-mono text-xs font-normal">
                          {item.topic}
                        </th>
                        <td>{item.partition}</td>
                        <td>{count(item.offset)}</td>
                        <td>
                          <time dateTime={item.at}>{clock(item.at, now)}</time>
                        </td>
                        <td className="min-w-64 text-left! whitespace-normal! wrap-anywhere text-failed-ink">
                          {item.error}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
              {all > items.length && (
                <p className="border-t border-line px-4 py-2 text-xs text-ink-2">
                  {`The newest ${count(items.length)} of ${counted(all, "record")}.`}
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
