"use client";

import { useId } from "react";
import { TextArea } from "#app/_ui/field";
import type { ArtifactDetail } from "#contract/artifact";
import { isFileType } from "#contract/file-type";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { formatBytes } from "#formats/number";
import { type Draft, editableText, isPlainText } from "./draft";
import { JsonField, LoadingJson } from "./json-field";
import { MarkdownEditor } from "./markdown-editor";

interface Props {
  artifact: ArtifactDetail;
  draft: Draft;
  /** The JSON text of the version; null while it loads. */
  stored: string | null;
  /** Where an error in JSON is shown, whenever this is another object. */
  reveal: { at: number } | null;
  onText: (text: string) => void;
  onSaving: (saving: Draft["saving"]) => void;
}

/** The data by its type, unless it is too large to edit, and how to save it. */
export function DataField(props: Props) {
  const { artifact, draft, onSaving } = props;
  if (isFileType(artifact.type)) {
    return (
      <div>
        <h2 className="font-medium text-sm">Data</h2>
        <p className="mt-1 text-soft text-sm">The files of a version do not change. Publish a new version instead.</p>
      </div>
    );
  }
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
      <Editor {...props} />
      {draft.data !== null && artifact.key !== null && (
        <SaveAs artifact={artifact} saving={draft.saving} onChange={onSaving} />
      )}
    </div>
  );
}

function Editor({ artifact: { type, data }, draft, stored, reveal, onText }: Props) {
  const id = useId();
  if (stored === null) return <LoadingJson text={editableText(type, JSON.stringify(data))} />;
  if (!isPlainText(type, draft.base.data ?? stored)) {
    return <JsonField type={type} draft={draft} stored={stored} reveal={reveal} onText={onText} />;
  }
  const text = draft.data ?? editableText(type, stored);
  if (type === "markdown") return <MarkdownEditor label="Data" mono value={text} onChange={onText} />;
  return (
    <>
      <div className="mb-1.5 flex items-baseline">
        <label htmlFor={id} className="font-medium text-sm">
          Data
        </label>
        <span className="ml-2 text-faint text-xs">{type ?? "text"}</span>
      </div>
      <TextArea
        id={id}
        value={text}
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
