"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "#app/_data/client";
import { TextField } from "#app/_ui/field";
import type { Metadata } from "#contract/artifact";
import type { Measure } from "#contract/series";
import type { Overlay } from "./overlay";

const MOST = 8;

/** Chooses a line for a chart: a number in the metadata, or another key that has the measure. */
export function OverlayPicker({
  artifactKey,
  measure,
  overlays,
  metadata,
  onAdd,
}: {
  artifactKey: string;
  measure: Measure;
  overlays: Overlay[];
  metadata: Metadata | null;
  onAdd: (overlay: Overlay) => void;
}) {
  const [text, setText] = useState("");
  const sought = text.trim();
  const key = sought === "" ? undefined : { contains: sought };
  const { data } = useQuery({
    ...useApi().collection.list.queryOptions({ where: { artifacts: { key } }, sort: "KEY_ASC", limit: 4 * MOST }),
    placeholderData: (previous) => previous,
  });
  const shown = new Set(overlays.map((each) => ("key" in each ? `key ${each.key}` : `field ${each.field}`)));
  const fields = Object.entries(metadata ?? {})
    .filter(([name, value]) => typeof value === "number" && !shown.has(`field ${name}`))
    .map(([name]) => name)
    .filter((name) => name.toLowerCase().includes(sought.toLowerCase()));
  const keys = (data ?? [])
    .filter((row) => row.key !== artifactKey && row[measure] !== null && !shown.has(`key ${row.key}`))
    .slice(0, MOST);
  return (
    <div className="p-3 text-sm">
      <TextField
        type="search"
        aria-label="Key or metadata field"
        placeholder="Key or metadata field"
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="w-full"
      />
      <div className="mt-2 max-h-72 overflow-y-auto">
        <Choices label="Metadata" names={fields} onChoose={(field) => onAdd({ field })} />
        <Choices
          label="Other artifacts"
          names={keys.map((row) => row.key)}
          onChoose={(chosen) => onAdd({ key: chosen })}
        />
        {data && fields.length + keys.length === 0 && <p className="px-2 py-3 text-soft">Nothing found.</p>}
      </div>
    </div>
  );
}

function Choices({ label, names, onChoose }: { label: string; names: string[]; onChoose: (name: string) => void }) {
  if (names.length === 0) return null;
  return (
    <section aria-label={label}>
      <h3 className="px-2 pt-1 pb-0.5 text-faint text-xs">{label}</h3>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => onChoose(name)}
              className="block w-full truncate rounded-md px-2 py-1.5 text-left hover:bg-hover"
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
