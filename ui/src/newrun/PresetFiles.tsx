import { Button, BUTTON, BUTTON_SHAPE } from "../shell/ui.tsx";
import { toSubmission, type NewRunForm } from "./form.ts";
import type { PresetState } from "./usePreset.ts";
import { fromYaml, toYaml } from "./yamlFile.ts";

/** The form out of a file, and into one: the same that the command line reads. */
export function PresetFiles({ form, preset }: { form: NewRunForm; preset: PresetState }) {
  const read = async (file: File) => {
    try {
      const { submission, paths } = await fromYaml(await file.text());
      preset.importFile(submission, file.name, paths);
    } catch (error) {
      preset.setTold({ kind: "failed", text: `${file.name} was not loaded: ${messageOf(error)}` });
    }
  };
  const write = async () => {
    const name = fileName(form.name);
    download(name, await toYaml(toSubmission(form)));
    preset.setTold({ kind: "done", text: `${name} was written.` });
  };
  return (
    <div className="flex flex-wrap gap-2">
      <label
        className={`${BUTTON_SHAPE} ${BUTTON.quiet} cursor-pointer has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2`}
      >
        Import YAML
        <input
          type="file"
          accept=".yaml,.yml,.json"
          className="sr-only"
          data-testid="import-yaml"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) void read(file);
            event.target.value = "";
          }}
        />
      </label>
      <Button data-testid="export-yaml" onClick={() => void write()}>
        Export YAML
      </Button>
    </div>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return `${plain === "" ? "run" : plain.slice(0, 60)}.yaml`;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
