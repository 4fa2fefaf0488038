import type { RunSpec } from "../api/types.ts";
import { counted } from "./format.ts";

/** What a run is made of, in one line. */
export function partsOf({ documents, generation, evaluation, combine }: RunSpec): string {
  return [
    counted(documents.length, "document"),
    counted(generation.models.length, "model"),
    evaluation === null ? null : counted(evaluation.judges.length, "judge"),
    combine === null ? null : `${counted(combine.models.length, "model")} that combine`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}
