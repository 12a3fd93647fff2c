"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { artifactHref } from "../../../_artifact/artifact-url";
import type { Change, Draft } from "./draft";
import { storeDraft } from "./draft-store";

/** What saving is at: busy, refused with a message, or in conflict with the version as it is now (`current`). */
export interface SaveState {
  start: (change: Change, draft: Draft) => void;
  busy: boolean;
  message: string | null;
  current: Artifact | null;
}

/** Saves a change: in place, or with changed data as a new version where the draft says so. The draft goes only once it is saved. */
export function useSave(artifact: ArtifactDetail): SaveState {
  const api = useApi();
  const router = useRouter();
  const refresh = useRefresh();
  const done = (id: string, said: string) => {
    storeDraft(artifact.id, null);
    toast(said);
    router.push(artifactHref(id));
    refresh();
  };
  const create = useMutation(
    api.artifact.create.mutationOptions({
      onSuccess: (row) => done(row.id, `Published v${row.version} of ${row.key}`),
    }),
  );
  const update = useMutation(api.artifact.update.mutationOptions({ onSuccess: (row) => done(row.id, "Saved") }));
  const error = create.error ?? update.error;
  const failure = error && toApiError(error);
  const current = failure?.code === "CONFLICT" && isArtifact(failure.current) ? failure.current : null;

  return {
    busy: create.isPending || update.isPending,
    message: failure && !current ? failure.message : null,
    current,
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

/** A row that an error carries; only this server sends them, so the fields that are read here are enough to know it. */
function isArtifact(row: unknown): row is Artifact {
  return typeof row === "object" && row !== null && "updated" in row && "description" in row && "metadata" in row;
}
