import { queryOptions } from "@tanstack/react-query";
import { requestBody } from "./http.ts";
import { artifactUrl } from "./queries.ts";

/** So many bytes of a text are read for the screen. */
export const MOST_SHOWN = 200_000;

/** The beginning of a text, and whether that is all of it. */
export interface TextStart {
  text: string;
  whole: boolean;
}

/** The beginning of a stored text, which never changes; no more of it is fetched than is shown. */
export function textStartQuery(sha256: string) {
  return queryOptions({
    queryKey: ["text-start", sha256],
    queryFn: async ({ signal }) =>
      startOf(await requestBody(artifactUrl(sha256), { signal }), MOST_SHOWN),
    staleTime: Infinity,
  });
}

/** Never half of a character: what is left of one at the cut is left out. */
export async function startOf(body: ReadableStream<Uint8Array>, most: number): Promise<TextStart> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let left = most; ;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), whole: true };
    text += decoder.decode(value.subarray(0, left), { stream: true });
    if (value.length > left) {
      await reader.cancel();
      return { text, whole: false };
    }
    left -= value.length;
  }
}
