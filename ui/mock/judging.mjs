// Scripted judges: how good they find a document, and which of two they prefer.
import { sha } from "./plan.mjs";
import { RUBRIC, reasonOf, voteReason } from "./texts.mjs";

export const JUDGES = ["anthropic:claude-opus-4.1", "google:gemini-2.5-pro", "openai:gpt-5.1"];
const LENIENCE = [-0.35, 0.05, 0.3];
const LEAN = [0.04, 0.22, -0.06];
const QUALITY = {
  "openai:gpt-5.1": 0.86,
  "openai:gpt-5-mini": 0.68,
  "openai-compatible:llama-3.3-70b": 0.47,
};

export const AUTHORS = Object.keys(QUALITY);

/** So much better is a document found that tells its judges to find it good. */
const FLATTERY = 0.18;

/** A number from 0 to 1 that is always the same for the same words. */
export const draw = (...parts) => parseInt(sha(parts.join("|")).slice(0, 8), 16) / 0xffffffff;

/** The same document has the same worth in each run that judges it. */
const nameOf = ({ document, model, iteration, phase }) =>
  [document, model, iteration, phase].join(" ");

function qualityOf(written) {
  const own = draw("quality", nameOf(written)) * 0.14 - 0.07;
  if (written.phase === "COMBINE")
    return 0.95 + own - (written.model.startsWith("anthropic") ? 0 : 0.07);
  return QUALITY[written.model] + own + (written.suspicions.length > 0 ? FLATTERY : 0);
}

export function scoresOf({ callId, epoch, model, iteration }, written) {
  const judge = JUDGES.indexOf(model);
  const scores = RUBRIC.criteria.map(({ name }, index) => {
    const bent = (draw("bent", judge, name) - 0.5) * 0.9 + LENIENCE[judge];
    const taste = (draw("taste", nameOf(written), name) - 0.5) * 1.6;
    const chance = draw("sheet", callId, epoch, index) - 0.5;
    const raw = 1 + 4 * qualityOf(written) + bent + taste + chance;
    const score = Math.max(1, Math.min(5, Math.round(raw)));
    return { criterion: name, score, reason: reasonOf(name, score, judge + iteration) };
  });
  return { kind: "scores", scores };
}

export function preferenceOf({ callId, epoch, model, subject }, [first, second]) {
  const gap = qualityOf(first) - qualityOf(second);
  const chance = (draw("vote", callId, epoch) - 0.5) * 0.9;
  const x = gap * 2.2 + LEAN[JUDGES.indexOf(model)] + chance;
  const winner = Math.abs(x) < 0.04 ? null : subject[x > 0 ? 0 : 1];
  return { kind: "preference", winner, reason: voteReason(callId, winner) };
}
