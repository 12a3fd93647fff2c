"use client";

import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import type { ArtifactDetail } from "#contract/artifact";
import { artifactHref } from "../../_artifact/artifact-url";
import { useDraft } from "./edit/draft-store";

/** Notices about a version: that it was deleted, is not the latest, or has unsaved changes. */
export function VersionStatus({ artifact, deleted }: { artifact: ArtifactDetail; deleted: boolean }) {
  const draft = useDraft(artifact.id);
  return (
    <div className="mt-4 space-y-2 empty:hidden">
      {deleted && (
        <Notice tone="danger" action={<TrashLink />}>
          This version was deleted while you were viewing it.
        </Notice>
      )}
      {!artifact.isLatest && !deleted && (
        <Notice
          tone="warn"
          action={
            <Link href={`/artifacts/key/${artifact.key}`} prefetch={false} className={buttonClass()}>
              Go to latest
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
          You have unsaved changes to this version.
        </Notice>
      )}
    </div>
  );
}

function TrashLink() {
  return (
    <Link href="/trash" prefetch={false} className={buttonClass()}>
      Open trash
    </Link>
  );
}
