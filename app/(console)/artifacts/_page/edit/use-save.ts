"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { pageHref } from "../../../_list/artifact-url";
import type { Change, Draft } from "./draft";
import { storeDraft } from "./draft-store";

export interface SaveState {
  start: (change: Change, draft: Draft) => void;
  busy: boolean;
  error: string | null;
  /** The current version, after it was changed by someone else since the draft was begun. */
  conflict: Artifact | null;
}

/** Saves a change in place, or publishes changed data as a new version if the draft says so. Then deletes the draft. */
export function useSave(artifact: ArtifactDetail): SaveState {
  const api = useApi();
  const router = useRouter();
  const refresh = useRefresh();
  const onSaved = (message: string, href: string) => {
    storeDraft(artifact.id, null);
    toast(message);
    router.push(href);
    refresh();
  };
  const create = useMutation(
    api.artifact.create.mutationOptions({
      onSuccess: (row) => onSaved(`Published v${row.version} of ${row.key}`, pageHref(row, true)),
    }),
  );
  const update = useMutation(
    api.artifact.update.mutationOptions({ onSuccess: (row) => onSaved("Saved", pageHref(row, artifact.isLatest)) }),
  );
  const thrown = create.error ?? update.error;
  const error = thrown && toApiError(thrown);
  const conflict = error?.code === "CONFLICT" && isArtifact(error.current) ? error.current : null;

  return {
    busy: create.isPending || update.isPending,
    error: error && !conflict ? error.message : null,
    conflict,
    start(change, draft) {
      create.reset();
      update.reset();
      if (change.data === undefined || draft.saving === "replace") {
        update.mutate({ id: artifact.id, ...change, ifUpdated: draft.base });
        return;
      }
      const { key, type, description, metadata } = artifact;
      create.mutate({ key, type, description, metadata, ...change });
    },
  };
}

/** Checks the fields that the conflict shows; the row comes from our own server. */
function isArtifact(row: unknown): row is Artifact {
  return typeof row === "object" && row !== null && "updated" in row && "description" in row && "metadata" in row;
}
