import type { RunSpec, SourceDocument, SourceView } from "../api/types.ts";

/** How a document of a source is called on the screen. */
export interface DocLabel {
  docId: string;
  /** "gpt-5.1 #2", or "gpt-5.1, combined". */
  name: string;
  model: string;
  combined: boolean;
}

/** Without the provider, unless two models differ by it alone. */
export function shortModels(models: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...new Set(models)];
  const bare = (model: string) => model.slice(model.indexOf(":") + 1);
  const isOnly = (model: string) => all.filter((each) => bare(each) === bare(model)).length === 1;
  return new Map(all.map((model) => [model, isOnly(model) ? bare(model) : model]));
}

export function labelsOf(view: SourceView): ReadonlyMap<string, DocLabel> {
  const short = shortModels(view.documents.map(({ model }) => model));
  return new Map(view.documents.map((document) => [document.docId, labelOf(document, short)]));
}

function labelOf(document: SourceDocument, short: ReadonlyMap<string, string>): DocLabel {
  const { docId, model, iteration, phase } = document;
  const combined = phase === "COMBINE";
  const author = short.get(model) ?? model;
  const again = combined && iteration === 1 ? "" : ` #${iteration}`;
  return { docId, model, combined, name: `${author}${again}${combined ? ", combined" : ""}` };
}

/** A document that no longer, or not yet, is among those of the source has its id for a name. */
export function nameOf(labels: ReadonlyMap<string, DocLabel>, docId: string): string {
  return labels.get(docId)?.name ?? docId.slice(0, 8);
}

/** A place for each document that the run is to make of a source, whether or not it is there. */
export interface Slot {
  key: string;
  name: string;
  document: SourceDocument | null;
}

/** In the order of the specification, so that no column moves while documents arrive. */
export function slotsOf(spec: RunSpec, view: SourceView): Slot[] {
  const { models } = spec.generation;
  const short = shortModels(models.map(({ model }) => model));
  return models.flatMap(({ model, iterations }) =>
    Array.from({ length: iterations }, (_, index) => ({
      key: `${model} ${index + 1}`,
      name: `${short.get(model) ?? model} #${index + 1}`,
      document:
        view.documents.find(
          (each) =>
            each.phase === "GENERATION" && each.model === model && each.iteration === index + 1,
        ) ?? null,
    })),
  );
}
