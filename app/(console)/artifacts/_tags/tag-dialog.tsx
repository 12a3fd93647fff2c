"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "#app/_ui/button";
import { ReasonField } from "#app/_ui/field";
import { FormButtons, Modal } from "#app/_ui/modal";
import { Notice } from "#app/_ui/notice";
import { NO_TAGS, tagCounts, typedTags } from "./tag-changes";
import { TagField } from "./tag-field";
import { type Tagged, useTagMany } from "./use-tag-many";

/** Changes the tags of keys or versions: what all or some of them have, and more. */
export function TagDialog({
  title,
  which,
  rows,
  onClose,
}: {
  title: string;
  which: Tagged;
  /** The tags that each of them has now. */
  rows: { tags: string[] }[];
  onClose: () => void;
}) {
  const [draft, setDraft] = useState(NO_TAGS);
  const [removed, setRemoved] = useState<string[]>([]);
  const [reason, setReason] = useState("");
  const tagging = useTagMany(onClose);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const added = typedTags(draft);
  const counts = tagCounts(rows);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    tagging.mutate({ which, add: added, remove: removed, reason: reason.trim() || null });
  };
  const toggle = (tag: string) => {
    setDraft({ ...draft, tags: draft.tags.filter((each) => each !== tag) });
    setRemoved(removed.includes(tag) ? removed.filter((each) => each !== tag) : [...removed, tag]);
  };
  return (
    <Modal
      label={title}
      first={field}
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] overflow-y-auto rounded-lg p-5"
    >
      <h2 className="break-words font-semibold text-lg tracking-tight">{title}</h2>
      <form onSubmit={handleSubmit} className="mt-3 flex flex-col gap-3">
        {counts.length > 0 && (
          <ul aria-label={title} className="max-h-64 divide-y divide-line overflow-y-auto border-line border-y">
            {counts.map(([tag, count]) => (
              <li key={tag} className="flex min-h-10 items-center gap-x-2 py-1 text-sm">
                <span
                  className={`min-w-0 flex-1 break-words ${removed.includes(tag) ? "text-faint line-through" : "font-medium"}`}
                >
                  {tag}
                </span>
                {rows.length > 1 && (
                  <span className="text-faint text-xs tabular-nums">
                    {count} of {rows.length}
                  </span>
                )}
                {count < rows.length && !removed.includes(tag) && (
                  <Button
                    look="quiet"
                    disabled={added.includes(tag)}
                    onClick={() => setDraft({ ...draft, tags: [...draft.tags, tag] })}
                  >
                    Add to all<span className="sr-only"> {tag}</span>
                  </Button>
                )}
                <Button look="quiet" aria-pressed={removed.includes(tag)} onClick={() => toggle(tag)}>
                  Remove<span className="sr-only"> {tag}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
        <div className="flex flex-col gap-1 font-medium text-sm">
          <label htmlFor={`${id}-tags`}>Add tags</label>
          <TagField
            ref={field}
            id={`${id}-tags`}
            draft={draft}
            onChange={(next) => {
              setDraft(next);
              setRemoved(removed.filter((tag) => !next.tags.includes(tag)));
            }}
          />
        </div>
        <ReasonField value={reason} onChange={setReason} />
        {tagging.problem !== null && <Notice tone="danger">{tagging.problem}</Notice>}
        <FormButtons onCancel={onClose} disabled={added.length + removed.length === 0 || tagging.isPending}>
          Save tags
        </FormButtons>
      </form>
    </Modal>
  );
}
