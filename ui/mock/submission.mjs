// Whether a run can be started as it was asked for.
import { models } from "./system.mjs";

/** The first thing that is wrong: slug, detail, field; null when nothing is. */
export function invalid(submission) {
  if (!submission.name?.trim()) return ["validation", "The run has no name", "name"];
  for (const [index, document] of (submission.documents ?? []).entries()) {
    const field = `documents[${index}]`;
    if (!document.name?.trim())
      return ["invalid-name", "The document has no name", `${field}.name`];
    if (!document.content) return ["empty-document", "The document is empty", `${field}.content`];
  }
  if (!submission.documents?.length) return ["validation", "A run needs a document", "documents"];
  if (!submission.generation?.models?.length)
    return ["validation", "A run needs a model", "generation.models"];
  for (const [index, { model }] of submission.generation.models.entries()) {
    const known =
      models.some((each) => each.model === model) || model.startsWith("openai-compatible:");
    const field = `generation.models[${index}].model`;
    if (!known) return ["unknown-model", `There is no model ${model}`, field];
  }
  if (submission.limits?.maxCostUsd < 0)
    return ["validation", "The limit must not be negative", "limits.maxCostUsd"];
  return null;
}
