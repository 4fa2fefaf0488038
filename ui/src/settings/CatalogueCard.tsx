import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { modelsQuery } from "../api/queries.ts";
import type { Catalogue } from "../api/types.ts";
import { count, counted, price } from "../models/format.ts";
import { Card, Scroll } from "../shell/ui.tsx";
import { Loaded } from "./Loaded.tsx";

/** What every cost on these pages is computed from. */
export function CatalogueCard() {
  const models = useQuery(modelsQuery);
  return (
    <Card
      id="catalogue"
      title="Catalogue of models"
      aside={models.data !== undefined && <Origin list={models.data} />}
    >
      <Loaded query={models}>{(list) => <Prices list={list} />}</Loaded>
    </Card>
  );
}

function Origin({ list }: { list: Catalogue }) {
  const { catalogue, models } = list;
  return (
    <span className="text-xs text-ink-2 tabular wrap-anywhere" data-testid="catalogue-origin">
      {counted(models.length, "model")}
      {catalogue !== null && `, as of ${catalogue.asOf}, from ${catalogue.source}`}
    </span>
  );
}

function Prices({ list }: { list: Catalogue }) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const shown = list.models.filter(({ model }) => model.toLowerCase().includes(wanted));
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2.5">
        <input
          type="search"
          aria-label="Search models"
          placeholder="Search models"
          className="field min-h-8 min-w-0 flex-1 basis-48 py-1 sm:max-w-72"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="text-xs text-ink-2">USD per million tokens; searches per thousand</span>
      </div>
      {shown.length === 0 ? (
        <p role="status" className="border-t border-line px-4 py-3 text-ink-2">
          No model is like that.
        </p>
      ) : (
        <Scroll label="Prices">
          <table className="table w-full border-t border-line" data-testid="catalogue">
            <thead>
              <tr>
                <th scope="col">Model</th>
                <th scope="col">Input</th>
                <th scope="col">Output</th>
                <th scope="col">Searches</th>
                <th scope="col">Max output tokens</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((each) => (
                <tr key={each.model} className="hover:bg-hover">
                  <th
                    scope="row"
                    className="font-mono text-xs font-normal max-sm:min-w-32 max-sm:whitespace-normal! max-sm:wrap-anywhere"
                  >
                    {each.model}
                  </th>
                  <td>{price(each.inputUsdPerMillion)}</td>
                  <td>{price(each.outputUsdPerMillion)}</td>
                  <td>
                    {each.searchUsdPerThousand === null ? "–" : price(each.searchUsdPerThousand)}
                  </td>
                  <td>{count(each.maxOutputTokens)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  );
}
