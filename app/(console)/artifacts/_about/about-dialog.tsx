"use client";

import { Plus, X } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#app/_ui/button";
import { ReasonField, TextArea, TextField } from "#app/_ui/field";
import { FormButtons, Modal } from "#app/_ui/modal";
import { Notice } from "#app/_ui/notice";
import type { About, Link } from "#contract/about";
import { TagField } from "../_tags/tag-field";
import { changesOf, draftOf, rebased } from "./about-draft";
import { useSaveAbout } from "./use-save-about";

const FIELD = "flex flex-col gap-1 font-medium text-sm";

/** The form for the facts of a key, which all of its versions share. */
export function AboutDialog({
  artifactKey,
  about,
  onClose,
}: {
  artifactKey: string;
  about: About | null;
  onClose: () => void;
}) {
  // What is saved is compared with what the form began with, whatever is loaded meanwhile.
  const [base, setBase] = useState(about);
  const [draft, setDraft] = useState(() => draftOf(about));
  const [conflict, setConflict] = useState<{ current: About | null } | null>(null);
  const [reason, setReason] = useState("");
  const saving = useSaveAbout(base, onClose, (current) => setConflict({ current }));
  const id = useId();
  const changes = changesOf(draft, base);
  const put = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate({ key: artifactKey, ifUpdated: base?.updated ?? null, reason: reason.trim() || null, ...changes });
  };
  const take = (next: typeof draft, current: About | null) => {
    setDraft(next);
    setBase(current);
    setConflict(null);
  };
  return (
    <Modal
      label={`About ${artifactKey}`}
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(36rem,calc(100vw-2rem))] overflow-y-auto rounded-lg p-5"
    >
      <h2 className="break-words font-semibold text-lg tracking-tight">About {artifactKey}</h2>
      <p className="mt-1 text-soft text-sm">All versions share these facts.</p>
      <form onSubmit={handleSubmit} className="mt-4 flex flex-col gap-3.5">
        <div className="grid gap-3.5 sm:grid-cols-2">
          <label htmlFor={`${id}-title`} className={FIELD}>
            Title
            <TextField
              id={`${id}-title`}
              value={draft.title}
              maxLength={200}
              onChange={({ target }) => put({ title: target.value })}
              className="w-full font-normal"
            />
          </label>
          <label htmlFor={`${id}-owner`} className={FIELD}>
            Owner
            <TextField
              id={`${id}-owner`}
              value={draft.owner}
              maxLength={200}
              placeholder="A person or a team"
              onChange={({ target }) => put({ owner: target.value })}
              className="w-full font-normal"
            />
          </label>
        </div>
        <label htmlFor={`${id}-description`} className={FIELD}>
          <span>
            Description <span className="font-normal text-faint">in markdown</span>
          </span>
          <TextArea
            id={`${id}-description`}
            value={draft.description}
            rows={5}
            onChange={({ target }) => put({ description: target.value })}
            className="font-normal"
          />
        </label>
        <div className={FIELD}>
          <label htmlFor={`${id}-tags`}>Tags</label>
          <TagField id={`${id}-tags`} draft={draft.tags} onChange={(tags) => put({ tags })} />
        </div>
        <LinkFields links={draft.links} onChange={(links) => put({ links })} />
        <ReasonField value={reason} onChange={setReason} />
        {saving.problem !== null && <Notice tone="danger">{saving.problem}</Notice>}
        {conflict && (
          <Notice
            tone="danger"
            action={
              <>
                <Button onClick={() => take(draftOf(conflict.current), conflict.current)}>Load theirs</Button>
                <Button onClick={() => take(rebased(draft, base, conflict.current), conflict.current)}>
                  Keep my changes
                </Button>
              </>
            }
          >
            Someone else changed these facts meanwhile.
          </Notice>
        )}
        <FormButtons
          onCancel={onClose}
          disabled={Object.keys(changes).length === 0 || conflict !== null || saving.isPending}
        >
          Save
        </FormButtons>
      </form>
    </Modal>
  );
}

function LinkFields({ links, onChange }: { links: Link[]; onChange: (links: Link[]) => void }) {
  const put = (at: number, part: Partial<Link>) =>
    onChange(links.map((link, index) => (index === at ? { ...link, ...part } : link)));
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">Links</legend>
      {links.length > 0 && (
        <ul className="mb-1.5 space-y-2">
          {links.map(({ url, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: links have no identity but their place
            <li key={index} className="flex flex-wrap items-center gap-2 sm:flex-nowrap">
              <TextField
                aria-label={`Address of link ${index + 1}`}
                placeholder="https://…"
                value={url}
                type="url"
                maxLength={2048}
                onChange={({ target }) => put(index, { url: target.value })}
                className="w-full sm:w-auto sm:flex-[3]"
              />
              <TextField
                aria-label={`Text of link ${index + 1}`}
                placeholder="Text"
                value={text ?? ""}
                maxLength={100}
                onChange={({ target }) => put(index, { text: target.value })}
                className="min-w-0 flex-1 sm:flex-[2]"
              />
              <button
                type="button"
                aria-label={`Remove link ${index + 1}`}
                onClick={() => onChange(links.filter((_, at) => at !== index))}
                className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {links.length < 20 && (
        <Button look="quiet" onClick={() => onChange([...links, { url: "", text: null }])} className="-ml-2.5">
          <Plus aria-hidden className="size-4" />
          Add link
        </Button>
      )}
    </fieldset>
  );
}
