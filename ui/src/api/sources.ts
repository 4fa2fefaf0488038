import { queryOptions } from "@tanstack/react-query";
import { compareVersions } from "../stream/version.ts";
import { request, requestText } from "./http.ts";
import { artifactUrl } from "./queries.ts";
import type { Sources, Version } from "./types.ts";

/** So often at most; a run that is being judged changes many times a second. */
const PACE_MS = 1_000;

/** What became of each source, asked again as long as it is older than the run on the screen. */
export function sourcesQuery(runId: string, asOf: Version) {
  return queryOptions({
    queryKey: ["sources", runId],
    queryFn: async ({ client, queryKey, signal }) => {
      const path = `/runs/${encodeURIComponent(runId)}/sources`;
      const read = await request<Sources>(path, { signal });
      const held = client.getQueryData<Sources>(queryKey);
      return held !== undefined && compareVersions(read.asOf, held.asOf) < 0 ? held : read;
    },
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchInterval: (query) => {
      const held = query.state.data?.asOf;
      return held !== undefined && compareVersions(held, asOf) < 0 ? PACE_MS : false;
    },
  });
}

/** A text never changes under its address. */
export function textQuery(url: string) {
  return queryOptions({
    queryKey: ["text", url],
    queryFn: ({ signal }) => requestText(url, { signal }),
    staleTime: Infinity,
  });
}

export function documentUrl(runId: string, docId: string): string {
  return `/api/v1/runs/${encodeURIComponent(runId)}/documents/${encodeURIComponent(docId)}`;
}

export const sourceUrl = artifactUrl;
