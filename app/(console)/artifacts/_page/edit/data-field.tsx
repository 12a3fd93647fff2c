"use client";

import { useId } from "react";
import { TextArea } from "#app/_ui/field";
import type { ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { formatBytes } from "#formats/number";
import { type Draft, isPlainText } from "./draft";

/** The data as text, unless it is too large to edit, and how to save it. `text` is undefined while it loads. */
export function DataField({
  artifact,
  draft,
  text,
  onChange,
}: {
  artifact: ArtifactDetail;
  draft: Draft;
  text: string | undefined;
  onChange: (part: Partial<Draft>) => void;
}) {
  const id = useId();
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
  const isText = isPlainText(artifact.type, artifact.data);
  return (
    <div>
      <div className="mb-1.5 flex items-baseline">
        <label htmlFor={id} className="font-medium text-sm">
          Data
        </label>
        <span className="ml-2 text-faint text-xs">{isText ? (artifact.type ?? "text") : "JSON"}</span>
      </div>
      <TextArea
        id={id}
        rows={8}
        spellCheck={isText}
        disabled={text === undefined}
        value={text ?? "Loading…"}
        onChange={(event) => onChange({ data: event.target.value })}
        className="field-sizing-content max-h-[60vh] min-h-40 font-mono text-[13px]"
      />
      {draft.data !== null && artifact.key !== null && <SaveAs draft={draft} artifact={artifact} onChange={onChange} />}
    </div>
  );
}

function SaveAs({
  draft,
  artifact,
  onChange,
}: {
  draft: Draft;
  artifact: ArtifactDetail;
  onChange: (part: Partial<Draft>) => void;
}) {
  const choices = [
    { saving: "version", name: "Publish as a new version", effect: `v${artifact.version} is kept.` },
    { saving: "replace", name: "Overwrite this version", effect: `The data of v${artifact.version} is replaced.` },
  ] as const;
  return (
    <fieldset className="mt-3 flex flex-wrap gap-x-6 gap-y-2 text-sm">
      <legend className="sr-only">Save as</legend>
      {choices.map(({ saving, name, effect }) => (
        <label key={saving} className="flex items-start gap-2">
          <input
            type="radio"
            name="saving"
            checked={draft.saving === saving}
            onChange={() => onChange({ saving })}
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
