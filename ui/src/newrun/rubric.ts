/** One question to the judges, as it stands in the form. */
export interface FormCriterion {
  /** Identity on the page only; it is never sent. */
  key: string;
  name: string;
  description: string;
  weight: string;
  min: string;
  max: string;
}

const STANDARD: [name: string, weight: number, description: string][] = [
  ["Factual accuracy", 15, "Every statement is true according to the source."],
  ["Source verification", 10, "Claims can be traced to a place in the source."],
  ["Hallucination detection", 15, "Nothing is invented: no fact, name, number or quotation."],
  ["Completeness", 10, "All that the task asks for is there; nothing that matters is left out."],
  ["Coherence", 8, "The parts follow from each other and do not contradict each other."],
  ["Clarity", 7, "A reader understands each sentence at the first reading."],
  ["Relevance", 5, "All that is said serves the task."],
  ["Objectivity", 5, "Facts and opinions are told apart, and no side is taken unasked."],
  ["Conciseness", 5, "No more words than the content needs."],
  ["Technical accuracy", 5, "Terms, figures, units and procedures are right."],
  ["Structure", 4, "Headings, order and paragraphs help to find things."],
  ["Grammar and style", 3, "The language is correct and even."],
  ["Citation quality", 3, "Quotations are exact and their places are named."],
  ["Originality", 3, "The text is a work of its own and not a copy of the source."],
  ["Audience appropriateness", 2, "Tone and depth suit the readers that the task names."],
];

/** What judges judge by when nobody says otherwise; the start of criteria of one's own. */
export function standardCriteria(): FormCriterion[] {
  return STANDARD.map(([name, weight, description], index) => ({
    key: `standard-${index}`,
    name,
    description,
    weight: String(weight),
    min: "1",
    max: "5",
  }));
}

/** The share of each criterion in the score, in percent; null while a weight is not a number. */
export function weightShares(criteria: readonly FormCriterion[]): number[] | null {
  const weights = criteria.map(({ weight }) => (weight.trim() === "" ? NaN : Number(weight)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!weights.every((weight) => weight > 0) || sum <= 0) return null;
  return weights.map((weight) => (weight / sum) * 100);
}
