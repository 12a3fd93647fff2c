"use client";

import { useId, useState } from "react";
import { useArrivalFocus } from "#app/_ui/arrival-focus";
import { TextArea } from "#app/_ui/field";
import { Description } from "../../../_viewers/description/description";

/** The description as markdown, with a preview. */
export function DescriptionField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [preview, setPreview] = useState(false);
  const id = useId();
  const field = useArrivalFocus<HTMLTextAreaElement>();
  return (
    <div>
      <div className="mb-1.5 flex items-center">
        <label htmlFor={id} className="font-medium text-sm">
          Description
        </label>
        <span className="ml-2 text-faint text-xs">Markdown</span>
        <button
          type="button"
          aria-pressed={preview}
          onClick={() => setPreview(!preview)}
          className="ml-auto rounded px-2 text-accent text-sm hover:bg-hover"
        >
          {preview ? "Edit" : "Preview"}
        </button>
      </div>
      {preview && (
        <section aria-label="Description preview" className="min-h-28 rounded-md border bg-surface px-3 py-2">
          {value ? <Description text={value} /> : <span className="text-faint text-sm">Nothing to preview</span>}
        </section>
      )}
      <TextArea
        ref={field}
        id={id}
        rows={5}
        value={value}
        hidden={preview}
        onChange={(event) => onChange(event.target.value)}
        className={`field-sizing-content max-h-[60vh] min-h-28 ${preview ? "hidden" : ""}`}
      />
    </div>
  );
}
