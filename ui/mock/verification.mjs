// What comes of folding the log of a run again.
import { sha } from "./plan.mjs";

/** The run that was refused its key stands for one whose tables do not agree with its log. */
export function verificationOf({ runId, name, asOf }) {
  const ok = name !== "Wrong key";
  const invariants = Array.from({ length: 12 }, (_, index) => ({
    id: `I${index + 1}`,
    ok: ok || index !== 0,
    detail: ok || index !== 0 ? "" : "planned 18, but the states add up to 17",
  }));
  const differences = ok ? [] : ["call 3f2a91: state FAILED in the log, IN_FLIGHT in the table"];
  return { runId, ok, asOf, digest: sha(runId), invariants, differences, attempts: [] };
}
