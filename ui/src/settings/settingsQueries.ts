import { queryOptions } from "@tanstack/react-query";
import { request } from "../api/http.ts";
import type { Health, Providers } from "../api/types.ts";

/** Where calls can go: whether some live worker has what it needs, never what that is. */
export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: async ({ signal }) => (await request<Providers>("/providers", { signal })).providers,
  refetchInterval: 5_000,
});

/** As far as the gateway can know it. */
export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => request<Health>("/health", { signal }),
  refetchInterval: 5_000,
});
