"use client";

import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import type { ArtifactDetail } from "#contract/artifact";
import { artifactHref } from "../../_artifact/artifact-url";
import { useDraft } from "./edit/draft-store";

/** What a reader must know before trusting this version: that it is gone, not the latest, or has unsaved changes of theirs. */
export function VersionStatus({ artifact, deleted }: { artifact: ArtifactDetail; deleted: boolean }) {
  const draft = useDraft(artifact.id);
  return (
    <div className="mt-4 space-y-2 empty:hidden">
      {deleted && (
        <Notice tone="danger" action={<TrashLink />}>
          This version was deleted while you were looking at it.
        </Notice>
      )}
      {!artifact.isLatest && !deleted && (
        <Notice
          tone="warn"
          action={
            <Link href={`/artifacts/key/${artifact.key}`} prefetch={false} className={buttonClass()}>
              Go to the latest
            </Link>
          }
        >
          This is not the latest version of {artifact.key}.
        </Notice>
      )}
      {draft && (
        <Notice
          action={
            <Link href={artifactHref(artifact.id, "edit")} prefetch={false} className={buttonClass()}>
              Continue editing
            </Link>
          }
        >
          You have changes here that are not saved.
        </Notice>
      )}
    </div>
  );
}

function TrashLink() {
  return (
    <Link href="/trash" prefetch={false} className={buttonClass()}>
      Open the trash
    </Link>
  );
}
