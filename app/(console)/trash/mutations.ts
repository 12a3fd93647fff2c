"use client";

import { useMutation } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import { pluralize } from "#formats/number";

export function useRestoreVersion() {
  const refresh = useRefresh();
  return useMutation(
    useApi().artifact.restore.mutationOptions({
      onSuccess: ({ key, version }) => {
        toast(key === null ? "Restored artifact" : `Restored v${version} of ${key}`);
        refresh();
      },
      onError: toastError,
    }),
  );
}

export function useRestoreVersions() {
  const refresh = useRefresh();
  return useMutation(
    useApi().artifact.restoreMany.mutationOptions({
      onSuccess: ({ restored }) => {
        toast(`Restored ${pluralize(restored.length, "version")}`);
        refresh();
      },
      onError: toastError,
    }),
  );
}

export function useRestoreRemoval() {
  const refresh = useRefresh();
  return useMutation(
    useApi().trash.restoreRemoval.mutationOptions({
      onSuccess: ({ versions }) => {
        toast(`Restored ${pluralize(versions, "version")}`);
        refresh();
      },
      onError: toastError,
    }),
  );
}

export function useDeletePermanently() {
  const refresh = useRefresh();
  return useMutation(
    useApi().trash.purge.mutationOptions({
      onSuccess: ({ purged }) => {
        toast(`Deleted ${pluralize(purged, "version")} permanently`);
        refresh();
      },
      onError: toastError,
    }),
  );
}
