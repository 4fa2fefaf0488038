/** What of a run can be saved as a file: one row of a menu, with a link for each form. */
export interface Offer {
  label: string;
  files: readonly { form: string; path: string }[];
}

/** Of every run. */
export const RUN_FILES: readonly Offer[] = [
  {
    label: "Calls",
    files: [
      { form: "CSV", path: "/export/calls.csv" },
      { form: "JSON", path: "/export/calls.json" },
    ],
  },
  { label: "Events", files: [{ form: "JSONL", path: "/export/events.jsonl" }] },
  { label: "Documents", files: [{ form: "ZIP", path: "/export/documents.zip" }] },
];

/** Of runs with judges. */
export const JUDGED_FILES: readonly Offer[] = ["scores", "votes"].map((what) => ({
  label: what === "scores" ? "Scores" : "Votes",
  files: ["csv", "json", "jsonl"].map((format) => ({
    form: format.toUpperCase(),
    path: `/export?what=${what}&format=${format}`,
  })),
}));

export function exportUrl(runId: string, path: string): string {
  return `/api/v1/runs/${encodeURIComponent(runId)}${path}`;
}
