"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useId, useState } from "react";
import { useApi } from "#app/_data/client";
import { TextField } from "#app/_ui/field";
import { MAX_TAGS } from "#contract/limits";

/** The most characters of a tag, as in the contract, whose module is too large for browsers. */
const MAX_LENGTH = 64;

/** Tags with a field for more: Enter, a comma and leaving the field add what is typed. Common tags are suggested. */
export function TagField({ id, tags, onChange }: { id: string; tags: string[]; onChange: (tags: string[]) => void }) {
  const [text, setText] = useState("");
  const listId = useId();
  const { data: facets } = useQuery({ ...useApi().collection.facets.queryOptions({}), staleTime: 60_000 });
  const suggestions = facets?.artifactTags.flatMap(({ value }) =>
    value === null || tags.includes(value) ? [] : value,
  );
  const add = (typed: string) => {
    const more = typed
      .split(",")
      .map((tag) => tag.trim().slice(0, MAX_LENGTH))
      .filter(Boolean);
    if (more.length > 0) onChange([...new Set([...tags, ...more])].slice(0, MAX_TAGS));
    setText("");
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.map((tag) => (
        <span
          key={tag}
          className="inline-flex h-7 max-w-full items-center gap-0.5 rounded border border-edge pl-2 font-normal text-sm"
        >
          <span className="truncate">{tag}</span>
          <button
            type="button"
            aria-label={`Remove the tag ${tag}`}
            onClick={() => onChange(tags.filter((each) => each !== tag))}
            className="inline-flex size-6 shrink-0 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
      <TextField
        id={id}
        list={listId}
        value={text}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        disabled={tags.length >= MAX_TAGS}
        placeholder={tags.length > 0 ? "Add…" : "finance, eu"}
        onChange={({ target: { value } }) => (value.includes(",") ? add(value) : setText(value))}
        onBlur={() => add(text)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && text.trim() !== "") {
            event.preventDefault();
            add(text);
          }
          if (event.key === "Backspace" && text === "") onChange(tags.slice(0, -1));
        }}
        className="min-w-32 flex-1 font-normal"
      />
      <datalist id={listId}>
        {suggestions?.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </div>
  );
}
