import { memo, useState } from "react";
import type { Problem } from "../api/types.ts";
import { bytes, count } from "../models/format.ts";
import { Button } from "../shell/ui.tsx";
import { FieldError, invalid } from "./fieldError.tsx";
import type { FormDocument } from "./form.ts";

type Change = (change: (documents: FormDocument[]) => FormDocument[]) => void;

/** From so many on the texts are folded, so that a hundred documents are a list and not a book. */
const MANY = 6;

interface DocumentListProps {
  documents: FormDocument[];
  problem: Problem | null;
  onChange: Change;
}

export function DocumentList({ documents, problem, onChange }: DocumentListProps) {
  const [text, setText] = useState("");
  const many = documents.length >= MANY;
  const wanted = text.trim().toLowerCase();
  const shown = documents
    .map((document, index) => ({ document, field: `documents[${index}]` }))
    .filter(
      ({ document, field }) =>
        !many ||
        wanted === "" ||
        document.name.toLowerCase().includes(wanted) ||
        // What is to blame is never hidden by a search.
        isBlamed(problem, field),
    );
  return (
    <>
      {many && (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <input
            type="search"
            aria-label="Search documents by name"
            placeholder="Search documents"
            className="field min-h-8 min-w-0 flex-1 py-1 sm:max-w-72"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {wanted !== "" && (
            <span role="status" className="text-xs text-ink-2 tabular">
              {`${count(shown.length)} of ${count(documents.length)}`}
            </span>
          )}
          <Button className="ml-auto" look="danger" onClick={() => onChange(() => [])}>
            Remove all
          </Button>
        </div>
      )}
      <ul
        data-testid="documents"
        className={
          many
            ? "-mx-1 flex max-h-[30rem] flex-col gap-1.5 overflow-y-auto px-1 py-0.5"
            : "flex flex-col gap-3"
        }
      >
        {shown.map(({ document, field }) => (
          <DocumentItem
            key={document.key}
            document={document}
            folded={many}
            field={field}
            // The others need not be drawn again for it.
            problem={isBlamed(problem, field) ? problem : null}
            onChange={onChange}
          />
        ))}
      </ul>
    </>
  );
}

function isBlamed(problem: Problem | null, field: string): boolean {
  const blamed = problem?.field;
  return blamed === field || blamed?.startsWith(`${field}.`) === true;
}

interface DocumentItemProps {
  document: FormDocument;
  folded: boolean;
  field: string;
  problem: Problem | null;
  onChange: Change;
}

/** Typing in one document draws none of the others anew. */
const DocumentItem = memo(function DocumentItem(props: DocumentItemProps) {
  const { document, folded, field, problem, onChange } = props;
  const [open, setOpen] = useState(false);
  const change = (part: Partial<FormDocument>) =>
    onChange((before) =>
      before.map((each) => (each.key === document.key ? { ...each, ...part } : each)),
    );
  const shown = !folded || open || problem !== null;
  return (
    <li
      className={`rounded-lg border border-line bg-canvas ${folded ? "px-3 py-1.5" : "p-3"}`}
      {...invalid(problem, field)}
      tabIndex={-1}
    >
      <div className="flex flex-wrap items-center gap-2">
        <input
          aria-label={`Name of ${document.name}`}
          className={`field min-w-0 flex-1 basis-40 font-medium ${folded ? "max-sm:basis-full" : ""}`}
          value={document.name}
          onChange={(event) => change({ name: event.target.value })}
          {...invalid(problem, `${field}.name`)}
        />
        <span className="w-16 shrink-0 text-right text-xs text-ink-2 tabular">
          {document.artifact === undefined ? bytes(sizeOf(document)) : "stored"}
        </span>
        {folded && (
          <Button
            aria-expanded={shown}
            aria-label={`Text of ${document.name}`}
            onClick={() => setOpen(!open)}
          >
            Text
          </Button>
        )}
        <Button
          onClick={() => onChange((before) => before.filter(({ key }) => key !== document.key))}
          aria-label={`Remove ${document.name}`}
        >
          Remove
        </Button>
      </div>
      <FieldError problem={problem} field={`${field}.name`} />
      {shown && <Content document={document} field={field} problem={problem} onChange={change} />}
      <FieldError problem={problem} field={`${field}.content`} />
      <FieldError problem={problem} field={field} />
    </li>
  );
});

interface ContentProps {
  document: FormDocument;
  field: string;
  problem: Problem | null;
  onChange: (part: Partial<FormDocument>) => void;
}

function Content({ document, field, problem, onChange }: ContentProps) {
  if (document.artifact !== undefined)
    return (
      <p className="mt-2 text-xs text-ink-2">
        {"The text is in the store already: "}
        <code className="font-mono break-all">{document.artifact}</code>
      </p>
    );
  return (
    <textarea
      aria-label={`Text of ${document.name}`}
      rows={4}
      className="field mt-2 font-mono text-xs"
      value={document.content}
      placeholder="Paste the text of the document"
      onChange={(event) => onChange({ content: event.target.value })}
      {...invalid(problem, `${field}.content`)}
    />
  );
}

/** A form of a hundred long texts is drawn at each key that is pressed. */
const SIZES = new WeakMap<FormDocument, number>();

/** In bytes, as it is sent; a text in the store counts nothing here. */
export function sizeOf(document: FormDocument): number {
  const held = SIZES.get(document);
  if (held !== undefined) return held;
  const size = new TextEncoder().encode(document.content).length;
  SIZES.set(document, size);
  return size;
}
