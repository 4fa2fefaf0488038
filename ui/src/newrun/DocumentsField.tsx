import { useEffect, useState } from "react";
import type { Problem } from "../api/types.ts";
import { bytes, count } from "../models/format.ts";
import { Button, BUTTON, BUTTON_SHAPE, Card } from "../shell/ui.tsx";
import { DocumentList, sizeOf } from "./DocumentList.tsx";
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
  useNoDropElsewhere();
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
      title={
        <>
          {`Documents (${count(documents.length)})`}
          <span className="ml-2 text-xs font-normal text-ink-2 tabular">
            {bytes(documents.reduce((sum, each) => sum + sizeOf(each), 0))}
          </span>
        </>
      }
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
        <DocumentList documents={documents} problem={problem} onChange={onChange} />
        <p className="mt-3 rounded-md border border-dashed border-line-strong px-3 py-3 text-center text-xs text-ink-2">
          Drop text files here, or add a document and paste its text.
        </p>
      </DropArea>
    </Card>
  );
}

/** A file that misses the box would be opened by the browser, in place of this form. */
function useNoDropElsewhere(): void {
  useEffect(() => {
    const stop = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
    };
    window.addEventListener("dragover", stop);
    window.addEventListener("drop", stop);
    return () => {
      window.removeEventListener("dragover", stop);
      window.removeEventListener("drop", stop);
    };
  }, []);
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
