import type { Problem } from "./types.ts";

/** An answer of the gateway that is not a success, with the problem it told. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }
}

interface Init extends Omit<RequestInit, "headers"> {
  headers?: Record<string, string>;
}

/** Calls the gateway; throws `ApiError` for an error answer and `TypeError` when it is unreachable. */
export async function request<T>(path: string, init: Init = {}): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    ...init,
    headers: { Accept: "application/json", ...init.headers },
  });
  if (!response.ok) throw new ApiError(await problemOf(response));
  return (await response.json()) as T;
}

/** The text at an address of this origin; throws like `request`. */
export async function requestText(url: string, init: Init = {}): Promise<string> {
  const response = await fetch(url, init);
  if (!response.ok) throw new ApiError(await problemOf(response));
  return response.text();
}

/** What is at an address of this origin, as it arrives; throws like `request`. */
export async function requestBody(
  url: string,
  init: Init = {},
): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(url, init);
  if (!response.ok) throw new ApiError(await problemOf(response));
  return response.body ?? new Blob([]).stream();
}

/** A proxy in between may answer without a problem document: then the status line is what we know. */
async function problemOf(response: Response): Promise<Problem> {
  const status = response.status;
  const type = response.headers.get("Content-Type") ?? "";
  if (type.includes("json")) {
    const body = (await response.json()) as Partial<Problem>;
    return {
      ...body,
      type: body.type ?? "about:blank",
      title: body.title ?? `HTTP ${status}`,
      status,
    };
  }
  return { type: "about:blank", title: `HTTP ${status} ${response.statusText}`.trim(), status };
}

/** One sentence for a person, whatever was thrown. */
export function explain(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof TypeError) return "The gateway cannot be reached.";
  return error instanceof Error ? error.message : String(error);
}
