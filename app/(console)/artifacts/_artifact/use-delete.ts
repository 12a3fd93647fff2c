"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useApi } from "#app/_data/client";
import { handleRemovalError } from "#app/_data/forced-removal";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import { pluralize } from "#formats/number";
import { keyHref } from "../../_list/artifact-url";

/** Deletes a version without confirmation, opens its key (or the list when it was the last), and offers Undo. */
export function useDeleteArtifact() {
  const api = useApi();
  const router = useRouter();
  const refresh = useRefresh();
  const restore = useMutation(
    api.artifact.restore.mutationOptions({
      onSuccess: (row) => {
        toast(row.key === null ? "Restored artifact" : `Restored v${row.version} of ${row.key}`);
        refresh();
      },
      onError: toastError,
    }),
  );
  const deletion = useMutation(
    api.artifact.remove.mutationOptions({
      onSuccess: ({ id, key, version, latest }) => {
        toast(key === null ? "Deleted artifact" : `Deleted v${version} of ${key}`, {
          action: { label: "Undo", run: () => restore.mutate({ id }) },
        });
        router.push(key !== null && latest !== null ? keyHref(key) : "/artifacts");
        refresh();
      },
      onError: (error, removal) => handleRemovalError(error, removal, (forced) => deletion.mutate(forced)),
    }),
  );
  return deletion;
}

/** Deletes all versions of a key, opens the list, and offers Undo. */
export function useDeleteKey(key: string) {
  const api = useApi();
  const router = useRouter();
  const refresh = useRefresh();
  const restore = useMutation(
    api.trash.restoreRemoval.mutationOptions({
      onSuccess: ({ versions }) => {
        toast(`Restored ${pluralize(versions, "version")} of ${key}`);
        refresh();
      },
      onError: toastError,
    }),
  );
  const deletion = useMutation(
    api.collection.remove.mutationOptions({
      onSuccess: ({ removal, versions }) => {
        toast(`Deleted ${pluralize(versions, "version")} of ${key}`, {
          action: { label: "Undo", run: () => restore.mutate({ removal }) },
        });
        router.push("/artifacts");
        refresh();
      },
      onError: (error, removal) => handleRemovalError(error, removal, (forced) => deletion.mutate(forced)),
    }),
  );
  return deletion;
}
