// What becomes of a call that writes: the document, and what in it speaks to the judge.
import { artifact, textOf } from "./plan.mjs";
import { suspicionsIn, withNote } from "./suspicions.mjs";
import { documentText } from "./texts.mjs";

/** One of the authors tells its judges what to think of every second document. */
const isFlatterer = ({ phase, model, iteration }) =>
  phase === "GENERATION" && model.startsWith("openai-compatible:") && iteration === 2;

export function writtenBy(call) {
  const combined = call.phase === "COMBINE";
  const plain = documentText(call.document, call.callId, call.model, combined);
  return documented(isFlatterer(call) ? withNote(plain) : plain);
}

function documented(text) {
  const output = artifact(text);
  const [preview, suspicions] = [text.slice(0, 200), suspicionsIn(text)];
  const result = { kind: "document", output, preview, suspicions };
  return { output, preview, suspicions, result };
}

/** A success for which nobody had to send anything. */
export const takenOver = ({ output }) => ({
  state: "OK",
  attempt: 0,
  lastError: null,
  ...documented(textOf(output.sha256)),
});
