"use client";

import { useId } from "react";
import { TextArea } from "#app/_ui/field";
import type { ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { formatBytes } from "#formats/number";
import { type Draft, editableText, isPlainText } from "./draft";
import { MarkdownEditor } from "./markdown-editor";

/** The data by its type, unless it is too large to edit, and how to save it. `stored` is null while it loads. */
export function DataField({
  artifact,
  draft,
  stored,
  onText,
  onSaving,
}: {
  artifact: ArtifactDetail;
  draft: Draft;
  /** The JSON text of the version. */
  stored: string | null;
  onText: (text: string) => void;
  onSaving: (saving: Draft["saving"]) => void;
}) {
  if (artifact.size > MAX_EMBEDDED_DATA) {
    return (
      <div>
        <h2 className="font-medium text-sm">Data</h2>
        <p className="mt-1 text-soft text-sm">
          {formatBytes(artifact.size)} is too large to edit here. Publish a new version through the API instead.
        </p>
      </div>
    );
  }
  return (
    <div>
      <Editor type={artifact.type} draft={draft} stored={stored} onText={onText} />
      {draft.data !== null && artifact.key !== null && (
        <SaveAs artifact={artifact} saving={draft.saving} onChange={onSaving} />
      )}
    </div>
  );
}

function Editor({
  type,
  draft,
  stored,
  onText,
}: {
  type: string | null;
  draft: Draft;
  stored: string | null;
  onText: (text: string) => void;
}) {
  const id = useId();
  const base = draft.base.data ?? stored;
  const isText = base !== null && isPlainText(type, base);
  const text = draft.data ?? (stored === null ? null : editableText(type, stored));
  if (isText && type === "markdown") {
    return <MarkdownEditor label="Data" mono value={text ?? ""} disabled={text === null} onChange={onText} />;
  }
  return (
    <>
      <div className="mb-1.5 flex items-baseline">
        <label htmlFor={id} className="font-medium text-sm">
          Data
        </label>
        <span className="ml-2 text-faint text-xs">{isText ? (type ?? "text") : "JSON"}</span>
      </div>
      <TextArea
        id={id}
        rows={8}
        spellCheck={isText}
        disabled={text === null}
        value={text ?? "Loading…"}
        onChange={(event) => onText(event.target.value)}
        className="field-sizing-content max-h-[60vh] min-h-40 font-mono text-[13px]"
      />
    </>
  );
}

function SaveAs({
  artifact: { version, isLatest },
  saving,
  onChange,
}: {
  artifact: ArtifactDetail;
  saving: Draft["saving"];
  onChange: (saving: Draft["saving"]) => void;
}) {
  const choices = [
    {
      value: "version",
      name: "Publish as a new version",
      effect: isLatest ? `v${version} is kept.` : `It becomes the latest, made from v${version}. Newer ones are kept.`,
    },
    { value: "replace", name: "Overwrite this version", effect: `The data of v${version} is replaced.` },
  ] as const;
  return (
    <fieldset className="mt-3 flex flex-wrap gap-x-6 gap-y-2 text-sm">
      <legend className="sr-only">Save as</legend>
      {choices.map(({ value, name, effect }) => (
        <label key={value} className="flex items-start gap-2">
          <input
            type="radio"
            name="saving"
            checked={saving === value}
            onChange={() => onChange(value)}
            className="mt-1 accent-accent"
          />
          <span>
            {name}
            <span className="block text-faint">{effect}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
