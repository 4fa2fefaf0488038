import type { Problem } from "../api/types.ts";

/** The server's words at the field that is to blame, and the attributes that tie them together. */
export function errorAt(problem: Problem | null, field: string): string | null {
  return problem?.field === field ? (problem.detail ?? problem.title) : null;
}

export function errorId(field: string): string {
  return `error-${field.replace(/[^a-zA-Z0-9]+/g, "-")}`;
}

export function invalid(problem: Problem | null, field: string) {
  const wrong = errorAt(problem, field) !== null;
  return {
    "data-field": field,
    "aria-invalid": wrong,
    ...(wrong ? { "aria-describedby": errorId(field) } : {}),
  };
}

export function FieldError({ problem, field }: { problem: Problem | null; field: string }) {
  const error = errorAt(problem, field);
  if (error === null) return null;
  return (
    <p id={errorId(field)} className="mt-1 text-xs text-failed-ink" data-testid="field-error">
      {error}
    </p>
  );
}
