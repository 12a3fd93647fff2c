"use client";

import { useMutation } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import { pluralize } from "#formats/number";

function sayFailure(error: unknown) {
  toast(toApiError(error).message, { tone: "danger" });
}

/** Brings one version back, and says which. */
export function useRestore() {
  const refresh = useRefresh();
  return useMutation(
    useApi().artifact.restore.mutationOptions({
      onSuccess: ({ key, version }) => {
        toast(key === null ? "Restored the artifact" : `Restored v${version} of ${key}`);
        refresh();
      },
      onError: sayFailure,
    }),
  );
}

/** Brings several versions back, and says how many came. */
export function useRestoreMany() {
  const refresh = useRefresh();
  return useMutation(
    useApi().artifact.restoreMany.mutationOptions({
      onSuccess: ({ restored }) => {
        toast(`Restored ${pluralize(restored.length, "version")}`);
        refresh();
      },
      onError: sayFailure,
    }),
  );
}

/** Undoes a removal whole, and says how many versions came back. */
export function useRestoreRemoval() {
  const refresh = useRefresh();
  return useMutation(
    useApi().trash.restoreRemoval.mutationOptions({
      onSuccess: ({ versions }) => {
        toast(`Restored ${pluralize(versions, "version")}`);
        refresh();
      },
      onError: sayFailure,
    }),
  );
}
