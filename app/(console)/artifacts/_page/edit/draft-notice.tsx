"use client";

import Link from "next/link";
import { Button, buttonClass } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { toast } from "#app/_ui/toast";
import { type Draft, draftTime } from "./draft";
import { storeDraft, useDraft } from "./draft-store";

/** Says that the form continues a stored draft. */
export function RestoredDraft({ id, draft }: { id: string; draft: Draft }) {
  return (
    <Notice action={<DiscardButton id={id} draft={draft} />}>
      Unsaved draft from <Began draft={draft} /> restored.
    </Notice>
  );
}

/** Says on the page of a version that there is a draft for it, unless it was saved or discarded meanwhile. */
export function UnsavedDraft({ id, editHref }: { id: string; editHref: string }) {
  const draft = useDraft(id);
  if (!draft) return null;
  return (
    <div className="mt-4">
      <Notice
        tone="warn"
        action={
          <>
            <DiscardButton id={id} draft={draft} />
            <Link href={editHref} prefetch={false} className={buttonClass()}>
              Continue editing
            </Link>
          </>
        }
      >
        You have an unsaved draft of this version from <Began draft={draft} />.
      </Notice>
    </div>
  );
}

function Began({ draft: { began } }: { draft: Draft }) {
  return <time dateTime={began}>{draftTime(began, new Date())}</time>;
}

function DiscardButton({ id, draft }: { id: string; draft: Draft }) {
  const discard = () => {
    storeDraft(id, null);
    toast("Draft discarded", { action: { label: "Undo", run: () => storeDraft(id, draft) } });
  };
  return (
    <Button look="quiet" onClick={discard}>
      Discard draft
    </Button>
  );
}
