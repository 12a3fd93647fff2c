"use client";

import { useId } from "react";
import { TextArea } from "#app/_ui/field";
import type { ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { formatBytes } from "#formats/number";
import { type Draft, isPlainText } from "./draft";

/** The data, where it is small enough to be edited by hand, and what saving it does. `text` is undefined while it loads. */
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
          {formatBytes(artifact.size)} is too large to edit here. Publish a new version from a program.
        </p>
      </div>
    );
  }
  const written = isPlainText(artifact.type, artifact.data);
  return (
    <div>
      <div className="mb-1.5 flex items-baseline">
        <label htmlFor={id} className="font-medium text-sm">
          Data
        </label>
        <span className="ml-2 text-faint text-xs">{written ? (artifact.type ?? "text") : "JSON"}</span>
      </div>
      <TextArea
        id={id}
        rows={8}
        spellCheck={written}
        disabled={text === undefined}
        value={text ?? "Loading…"}
        onChange={(event) => onChange({ data: event.target.value })}
        className="field-sizing-content max-h-[60vh] min-h-40 font-mono text-[13px]"
      />
      {draft.data !== null && artifact.key !== null && <Saving draft={draft} artifact={artifact} onChange={onChange} />}
    </div>
  );
}

function Saving({
  draft,
  artifact,
  onChange,
}: {
  draft: Draft;
  artifact: ArtifactDetail;
  onChange: (part: Partial<Draft>) => void;
}) {
  const choices = [
    { saving: "version", name: "Publish as a new version", effect: `v${artifact.version} stays as it is.` },
    { saving: "replace", name: "Replace this version", effect: `The data of v${artifact.version} is overwritten.` },
  ] as const;
  return (
    <fieldset className="mt-3 flex flex-wrap gap-x-6 gap-y-2 text-sm">
      <legend className="sr-only">What saving the data does</legend>
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
