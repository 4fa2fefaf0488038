import { queryOptions } from "@tanstack/react-query";
import { ApiError, request } from "../api/http.ts";
import type { Preset, Presets, Submission } from "../api/types.ts";

export const PRESETS_KEY = ["presets"] as const;

/** The latest version of each. */
export const presetsQuery = queryOptions({
  queryKey: [...PRESETS_KEY, "latest"],
  queryFn: async ({ signal }) => (await request<Presets>("/presets", { signal })).items,
});

/** Newest first. */
export function presetVersionsQuery(name: string) {
  return queryOptions({
    queryKey: [...PRESETS_KEY, "versions", name],
    queryFn: async ({ signal }) =>
      (await request<Presets>(`${presetPath(name)}/versions`, { signal })).items,
  });
}

export function latestPreset(name: string): Promise<Preset> {
  return request<Preset>(presetPath(name));
}

/** `basedOn` is the version that was changed, null for a new preset; another one is a conflict. */
export function savePreset(
  name: string,
  basedOn: number | null,
  submission: Submission,
): Promise<Preset> {
  return request<Preset>(presetPath(name), {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ basedOn, submission }),
  });
}

/** The answer has no body, so there is nothing to read. */
export async function deletePreset(name: string): Promise<void> {
  const response = await fetch(`/api/v1${presetPath(name)}`, { method: "DELETE" });
  if (response.ok || response.status === 404) return;
  throw new ApiError({
    type: "about:blank",
    title: `HTTP ${response.status}`,
    status: response.status,
  });
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.problem.type.endsWith(":preset-changed");
}

function presetPath(name: string): string {
  return `/presets/${encodeURIComponent(name)}`;
}
