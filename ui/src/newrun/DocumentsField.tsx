import { useState } from "react";
import type { Problem } from "../api/types.ts";
import { bytes, count } from "../models/format.ts";
import { Button, BUTTON, BUTTON_SHAPE, Card } from "../shell/ui.tsx";
import { FieldError, invalid } from "./fieldError.tsx";
import { freeName, type FormDocument } from "./form.ts";
import { randomId } from "./ids.ts";

type Change = (documents: FormDocument[]) => FormDocument[];

interface DocumentsFieldProps {
  documents: FormDocument[];
  problem: Problem | null;
  onChange: (change: Change) => void;
}

export function DocumentsField({ documents, problem, onChange }: DocumentsFieldProps) {
  const [refused, setRefused] = useState<string[]>([]);
  const add = async (files: Iterable<File>) => {
    const read = await Promise.all([...files].map(readText));
    setRefused(read.flatMap((each) => (each.content === null ? [each.name] : [])));
    onChange((before) =>
      read.reduce(
        (all, { name, content }) => (content === null ? all : [...all, named(name, content, all)]),
        before,
      ),
    );
  };
  return (
    <Card
      id="documents"
      title={`Documents (${count(documents.length)})`}
      aside={
        <div className="flex flex-wrap gap-2">
          <label
            className={`${BUTTON_SHAPE} ${BUTTON.quiet} cursor-pointer has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2`}
          >
            Choose files
            <input
              type="file"
              multiple
              className="sr-only"
              data-testid="files"
              onChange={(event) => {
                void add(event.target.files ?? []);
                event.target.value = "";
              }}
            />
          </label>
          <Button
            onClick={() => onChange((before) => [...before, named("document.md", "", before)])}
          >
            Add document
          </Button>
        </div>
      }
    >
      <DropArea onFiles={(files) => void add(files)}>
        <div {...invalid(problem, "documents")} tabIndex={-1} className="outline-none">
          <FieldError problem={problem} field="documents" />
        </div>
        {refused.length > 0 && (
          <p role="alert" className="mb-3 text-failed-ink">
            {`Not read, because it is not UTF-8 text: ${refused.join(", ")}`}
          </p>
        )}
        <ul className="flex flex-col gap-3">
          {documents.map((document, index) => (
            <DocumentItem
              key={document.key}
              document={document}
              field={`documents[${index}]`}
              problem={problem}
              onChange={(part) =>
                onChange((before) =>
                  before.map((each) => (each.key === document.key ? { ...each, ...part } : each)),
                )
              }
              onRemove={() =>
                onChange((before) => before.filter((each) => each.key !== document.key))
              }
            />
          ))}
        </ul>
        <p className="mt-3 rounded-md border border-dashed border-line-strong px-3 py-3 text-center text-xs text-ink-2">
          Drop text files here, or add a document and paste its text.
        </p>
      </DropArea>
    </Card>
  );
}

function named(name: string, content: string, all: FormDocument[]): FormDocument {
  const taken = all.map((each) => each.name);
  return { key: randomId(), name: freeName(name, taken), content };
}

/** The text of a file; null when it is not UTF-8: a broken text must not be paid for. */
async function readText(file: File): Promise<{ name: string; content: string | null }> {
  const buffer = await file.arrayBuffer();
  try {
    return { name: file.name, content: new TextDecoder("utf-8", { fatal: true }).decode(buffer) };
  } catch (error) {
    if (error instanceof TypeError) return { name: file.name, content: null };
    throw error;
  }
}

interface DropAreaProps {
  onFiles: (files: FileList) => void;
  children: React.ReactNode;
}

function DropArea({ onFiles, children }: DropAreaProps) {
  const [over, setOver] = useState(false);
  return (
    // Dropping is for the mouse; the button "Choose files" does the same for the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label="Documents of the run"
      className={`border-t border-line p-4 ${over ? "bg-in-flight-tint" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles(event.dataTransfer.files);
      }}
    >
      {children}
    </div>
  );
}

interface DocumentItemProps {
  document: FormDocument;
  field: string;
  problem: Problem | null;
  onChange: (part: Partial<FormDocument>) => void;
  onRemove: () => void;
}

function DocumentItem({ document, field, problem, onChange, onRemove }: DocumentItemProps) {
  const size = bytes(new TextEncoder().encode(document.content).length);
  return (
    <li
      className="rounded-lg border border-line bg-canvas p-3"
      {...invalid(problem, field)}
      tabIndex={-1}
    >
      <div className="flex items-center gap-2">
        <input
          aria-label={`Name of ${document.name}`}
          className="field min-w-0 flex-1 font-medium"
          value={document.name}
          onChange={(event) => onChange({ name: event.target.value })}
          {...invalid(problem, `${field}.name`)}
        />
        <span className="w-16 shrink-0 text-right text-xs text-ink-2 tabular">{size}</span>
        <Button look="quiet" onClick={onRemove} aria-label={`Remove ${document.name}`}>
          Remove
        </Button>
      </div>
      <FieldError problem={problem} field={`${field}.name`} />
      <textarea
        aria-label={`Text of ${document.name}`}
        rows={4}
        className="field mt-2 font-mono text-xs"
        value={document.content}
        placeholder="Paste the text of the document"
        onChange={(event) => onChange({ content: event.target.value })}
        {...invalid(problem, `${field}.content`)}
      />
      <FieldError problem={problem} field={`${field}.content`} />
      <FieldError problem={problem} field={field} />
    </li>
  );
}
