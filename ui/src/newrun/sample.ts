import type { NewRunForm } from "./form.ts";
import { NO_COMBINE, NO_EVALUATION } from "./judging.ts";

/** A run that is ready to start: three short documents that a reader can check by eye. */
export const SAMPLE: NewRunForm = {
  name: "Three orders, three models",
  instructions: `Write a briefing note of at most 200 words about the order below.
Say who must do what and by when. Quote each deadline exactly as it stands.
Add nothing that is not in the text.`,
  documents: [
    {
      key: "sample-1",
      name: "order-harbour-lighting.md",
      content: `# Order 17: Lighting of the inner harbour

The harbour office replaces the 48 sodium lamps on the east and north quays with shielded LED lamps of at most 3,000 K.

1. The office asks for three quotations by 15 March and awards the work by 30 April.
2. Work on a quay starts only after the fishing cooperative has been told 10 days before.
3. Lamps are dimmed to 40 per cent between 23:00 and 05:00, except on nights with a declared storm warning.
4. The old lamps are handed to a licensed recycler; the receipt is filed with the accounts of the year.

The harbour master reports on cost and on complaints by 31 October.
`,
    },
    {
      key: "sample-2",
      name: "order-school-meals.md",
      content: `# Order 18: Meals in primary schools

From the start of the autumn term each of the 12 primary schools offers one warm meal a day.

1. The price for parents is 2.80 a meal; children of families with a social pass eat free of charge.
2. Kitchens publish the menu of the next two weeks each Thursday, with the 14 allergens marked.
3. At least 40 per cent of the vegetables, by weight, come from farms within 60 km.
4. The education office checks each kitchen twice a year without notice.

Schools that cannot start in time tell the education office by 1 June and give a date.
`,
    },
    {
      key: "sample-3",
      name: "order-archive-scans.md",
      content: `# Order 19: Scanning of the building files

The city archive scans the building files of the years 1921 to 1968, about 212,000 sheets.

1. Sheets are scanned at 400 dpi in colour; plans larger than A2 are photographed.
2. A second person checks one sheet in fifty. When more than 1 in 1,000 checked sheets is unreadable, the box is scanned again.
3. Files with names of living persons are not published before the data protection officer has agreed.
4. The originals stay in the depot at 18 degrees and 45 per cent humidity.

The first 60,000 sheets are online by 31 December; the archive reports each quarter.
`,
    },
  ],
  models: {
    "openai:gpt-5.1": choice(),
    "openai:gpt-5-mini": choice(),
    "openai-compatible:llama-3.3-70b": choice(),
  },
  limits: {},
  evaluation: NO_EVALUATION,
  combine: NO_COMBINE,
};

function choice(): NewRunForm["models"][string] {
  return { iterations: "2", maxOutputTokens: "8000", grounding: "OFF", reasoning: "OFF" };
}
