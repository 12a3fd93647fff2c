"use client";

import Link from "next/link";
import { useRole } from "#app/_data/role";
import { buttonClass } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { useDraft } from "./edit/draft-store";

/** A notice that a version has unsaved changes in this tab. */
export function DraftNotice({ id, editHref }: { id: string; editHref: string }) {
  const draft = useDraft(id);
  const { mayWrite } = useRole();
  if (!draft || !mayWrite) return null;
  return (
    <div className="mt-4">
      <Notice
        action={
          <Link href={editHref} prefetch={false} className={buttonClass()}>
            Continue editing
          </Link>
        }
      >
        You have unsaved changes to this version.
      </Notice>
    </div>
  );
}
