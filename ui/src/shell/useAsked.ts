import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";

/**
 * How a request stands whose effect only the log can tell. Accepted is not done: it stays accepted
 * until what the page shows says that it has happened.
 */
export type Asked<T> =
  | { kind: "idle" }
  | { kind: "sending"; what: T }
  | { kind: "accepted"; what: T; since: number }
  | { kind: "refused"; what: T; error: Error };

export interface Asking<T> {
  asked: Asked<T>;
  /** `onAccepted` is called once, when the gateway has taken the request. */
  ask: (what: T, onAccepted?: () => void) => void;
  forget: () => void;
}

export function useAsked<T>(
  send: (what: T) => Promise<unknown>,
  isAnswered: (what: T) => boolean,
): Asking<T> {
  const { mutate, reset, ...mutation } = useMutation({ mutationFn: send });
  const answered = mutation.isSuccess && isAnswered(mutation.variables);
  useEffect(() => {
    if (answered) reset();
  }, [answered, reset]);
  const ask = (what: T, onAccepted?: () => void) =>
    mutate(what, { onSuccess: () => onAccepted?.() });
  return { asked: stateOf(mutation, answered), ask, forget: reset };
}

interface Mutation<T> {
  status: "idle" | "pending" | "success" | "error";
  variables: T | undefined;
  submittedAt: number;
  error: Error | null;
}

function stateOf<T>(mutation: Mutation<T>, answered: boolean): Asked<T> {
  const { status, variables: what, submittedAt: since, error } = mutation;
  if (what === undefined || answered) return { kind: "idle" };
  switch (status) {
    case "idle":
      return { kind: "idle" };
    case "pending":
      return { kind: "sending", what };
    case "success":
      return { kind: "accepted", what, since };
    case "error":
      return error === null ? { kind: "idle" } : { kind: "refused", what, error };
  }
}

export function isWaiting<T>(asked: Asked<T>): boolean {
  return asked.kind === "sending" || asked.kind === "accepted";
}
