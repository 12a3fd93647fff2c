"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { kindOf, type MetadataRow } from "./metadata-text";

/** Metadata as rows of a name and a value. A value that parses as JSON is JSON; the field shows its kind. */
export function MetadataFields({ rows, onChange }: { rows: MetadataRow[]; onChange: (rows: MetadataRow[]) => void }) {
  const put = (id: number, part: Partial<MetadataRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const add = () => onChange([...rows, { id: Math.max(0, ...rows.map((row) => row.id)) + 1, name: "", text: "" }]);
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">Metadata</legend>
      {rows.length > 0 && (
        <ul className="mb-2 space-y-2">
          {rows.map((row, index) => (
            <li key={row.id} className="flex flex-wrap items-center gap-2 max-sm:pb-3 sm:flex-nowrap">
              <TextField
                aria-label={`Name ${index + 1}`}
                placeholder="Name"
                value={row.name}
                onChange={(event) => put(row.id, { name: event.target.value })}
                className="w-full sm:w-48"
              />
              <span className="relative min-w-0 flex-1">
                <TextField
                  aria-label={`Value ${index + 1}`}
                  placeholder="Value"
                  value={row.text}
                  onChange={(event) => put(row.id, { text: event.target.value })}
                  className="w-full pr-20"
                />
                <span className="pointer-events-none absolute top-1.5 right-2.5 bg-surface pl-1 text-faint text-xs leading-5">
                  {kindOf(row.text)}
                </span>
              </span>
              <button
                type="button"
                aria-label={`Remove ${row.name || `row ${index + 1}`}`}
                onClick={() => onChange(rows.filter((each) => each.id !== row.id))}
                className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button look="quiet" onClick={add} className="-ml-2.5">
        <Plus aria-hidden className="size-4" />
        Add field
      </Button>
    </fieldset>
  );
}
