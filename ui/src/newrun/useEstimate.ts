import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { ApiError } from "../api/http.ts";
import { estimateQuery } from "../api/queries.ts";
import type { Estimate, Problem } from "../api/types.ts";
import { isComplete, toSubmission, type NewRunForm } from "./form.ts";

/** So long nothing may be typed before the server is asked. */
const QUIET_MS = 500;

export interface LiveEstimate {
  /** The last one; null before the first. */
  estimate: Estimate | null;
  /** Whether the form lacks something without which nothing can be told. */
  incomplete: boolean;
  /** Whether the estimate is of what stands in the form now. */
  current: boolean;
  /** What the server says is wrong with what stands in the form now. */
  problem: Problem | null;
  /** Why there is no estimate although the form is complete. */
  error: Error | null;
}

export function useEstimate(form: NewRunForm): LiveEstimate {
  const settled = useSettled(form);
  const enabled = isComplete(settled);
  const submission = useMemo(() => toSubmission(settled), [settled]);
  const { data, error, isFetching } = useQuery({ ...estimateQuery(submission), enabled });
  const current = settled === form && enabled && !isFetching;
  return {
    estimate: data ?? null,
    incomplete: !isComplete(form),
    current: current && error === null,
    problem: current && error instanceof ApiError ? error.problem : null,
    error: current ? error : null,
  };
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
