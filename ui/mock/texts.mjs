// What the scripted models write: criteria, documents and reasons.

const criterion = (name, weight, description) => ({ name, description, weight, min: 1, max: 5 });

export const RUBRIC = {
  name: "Standard",
  version: 1,
  criteria: [
    criterion("Factual accuracy", 15, "Statements of fact agree with the source."),
    criterion("Source verification", 10, "What is claimed can be traced to the source."),
    criterion(
      "Hallucination detection",
      15,
      "Nothing is made up: no event, person, number or quotation.",
    ),
    criterion("Completeness", 10, "Everything that the task asks for is there."),
    criterion("Coherence", 8, "The parts form one whole."),
    criterion("Clarity", 7, "A reader understands each sentence at the first reading."),
    criterion("Relevance", 5, "All of the text serves the task."),
    criterion("Objectivity", 5, "Judgements are told apart from facts."),
    criterion("Conciseness", 5, "As long as the matter needs and no longer."),
    criterion("Technical accuracy", 5, "Terms, figures and methods are used correctly."),
    criterion("Structure", 4, "Headings, lists and order help a reader to find things."),
    criterion("Grammar and style", 3, "Spelling, grammar and punctuation are right."),
    criterion("Citation quality", 3, "Citations stand where they are needed."),
    criterion("Originality", 3, "The text adds insight of its own."),
    criterion("Audience appropriateness", 2, "Depth and tone suit the readers."),
  ],
};

const PRAISE = [
  "Every date and number stands as in the source; I found no exception.",
  "Carried through the whole text, also where the source is terse.",
  "Better than the task asks for: the second paragraph settles what the source leaves open.",
];
const BLAME = [
  "The deadline of 30 April is given as 13 April, which changes who must act first.",
  "Two of the four points are missing, among them the notice to the cooperative.",
  "Hard to follow: one sentence of 61 words carries three duties of three offices.",
];
const MIDDLE = [
  "Mostly right; the exception for storm warnings is only hinted at.",
  "Good in the first half, thinner towards the end.",
  "Nothing wrong, yet a reader has to look into the source for the details.",
];

export function reasonOf(name, score, salt) {
  const pool = score >= 4 ? PRAISE : score <= 2 ? BLAME : MIDDLE;
  return pool[(name.length + salt) % pool.length];
}

export function voteReason(id, winner) {
  if (winner === null) return "Both quote all four deadlines and differ in tone alone.";
  return id < "8"
    ? "It names the office that must act and quotes each deadline; the other one leaves out two."
    : "Shorter, and nothing of weight is missing.";
}

export function documentText(name, id, model = null, combined = false) {
  if (model === null)
    return `# Order: ${name}\n\nThe harbour office replaces the 48 sodium lamps on the east and north quays.\n\n1. The office asks for three quotations by 15 March and awards the work by 30 April.\n2. Work on a quay starts only after the fishing cooperative has been told 10 days before.\n3. Lamps are dimmed to 40 per cent between 23:00 and 05:00.\n\nThe harbour master reports on cost and on complaints by 31 October.\n`;
  return `# Briefing: lighting of the inner harbour

${combined ? "_Combined from the two best notes._\n\n" : ""}The harbour office replaces **48 sodium lamps** on the east and north quays with shielded LED lamps of at most \`3,000 K\`. This note says who must do what and by when.

## Who must act

| Who | What | By |
|---|---|---:|
| Harbour office | ask for three quotations | 15 March |
| Harbour office | award the work | 30 April |
| Harbour master | report on cost and complaints | 31 October |

## Conditions

- Work on a quay starts only after the fishing cooperative has been told **10 days before**.
- Lamps are dimmed to 40 per cent between 23:00 and 05:00, except:
  - on nights with a declared storm warning;
  - while a vessel is being towed.
- [x] Receipts of the recycler are filed
- [ ] Complaints are counted by quay

> The old lamps are handed to a licensed recycler; the receipt is filed with the accounts of the year.

The full text is in the [register of orders](https://example.org/orders/17), the method in [a script](javascript:alert(1)).

![plan of the quays](https://example.org/plan.png)

<script>alert("never")</script>

Version ${id.slice(0, 6)} by ${model}.
`;
}
