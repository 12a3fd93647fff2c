"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type Ref, useId } from "react";
import { useApi } from "#app/_data/client";
import { TextField } from "#app/_ui/field";
import { MAX_TAGS } from "#contract/limits";
import { type TagDraft, typedTags } from "./tag-changes";

/** Tags with a field for more, which Enter and a comma add. Common tags are suggested. */
export function TagField({
  id,
  draft,
  onChange,
  ref,
}: {
  id: string;
  draft: TagDraft;
  onChange: (draft: TagDraft) => void;
  ref?: Ref<HTMLInputElement>;
}) {
  const { tags, text } = draft;
  const listId = useId();
  const { data: facets } = useQuery({ ...useApi().collection.facets.queryOptions({}), staleTime: 60_000 });
  const suggestions = facets?.artifactTags.flatMap(({ value }) =>
    value === null || tags.includes(value) ? [] : value,
  );
  const addTyped = (typed: string) => onChange({ tags: typedTags({ tags, text: typed }), text: "" });
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
            onClick={() => onChange({ tags: tags.filter((each) => each !== tag), text })}
            className="inline-flex size-6 shrink-0 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
      <TextField
        ref={ref}
        id={id}
        list={listId}
        value={text}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        disabled={tags.length >= MAX_TAGS}
        placeholder={tags.length > 0 ? "Add…" : "finance, eu"}
        onChange={({ target: { value } }) => (value.includes(",") ? addTyped(value) : onChange({ tags, text: value }))}
        onKeyDown={(event) => {
          if (event.key === "Enter" && text.trim() !== "") {
            event.preventDefault();
            addTyped(text);
          }
          if (event.key === "Backspace" && text === "") onChange({ tags: tags.slice(0, -1), text });
        }}
        // Without the arrow of the browser, which no other field has.
        className="min-w-32 flex-1 font-normal [&::-webkit-calendar-picker-indicator]:hidden!"
      />
      <datalist id={listId}>
        {suggestions?.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </div>
  );
}
