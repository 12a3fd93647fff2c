"use client";

import { useMutation } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import { pluralize } from "#formats/number";

export function useDeleteVersions() {
  const api = useApi();
  const refresh = useRefresh();
  const restore = useMutation(
    api.artifact.restoreMany.mutationOptions({
      onSuccess: ({ restored, missing }) => {
        toast(`Restored ${pluralize(restored.length, "version")}${alsoMissing(missing, "no longer in the trash")}`);
        refresh();
      },
      onError: toastError,
    }),
  );
  return useMutation(
    api.artifact.removeMany.mutationOptions({
      onSuccess: ({ removed, missing }) => {
        const [first] = removed;
        const what =
          removed.length === 1 && first?.key
            ? `v${first.version} of ${first.key}`
            : pluralize(removed.length, "version");
        toast(`Deleted ${what}${alsoMissing(missing, "already deleted")}`, {
          action: { label: "Undo", run: () => restore.mutate({ ids: removed.map(({ id }) => id) }) },
        });
        refresh();
      },
      onError: toastError,
    }),
  );
}

export function useDeleteKeys() {
  const api = useApi();
  const refresh = useRefresh();
  const restore = useMutation(
    api.trash.restoreRemoval.mutationOptions({
      onSuccess: ({ versions }) => {
        toast(`Restored ${pluralize(versions, "version")}`);
        refresh();
      },
      onError: toastError,
    }),
  );
  return useMutation(
    api.collection.removeMany.mutationOptions({
      onSuccess: ({ removal, versions, missing }, { keys }) => {
        const artifacts = pluralize(keys.length - missing.length, "artifact");
        toast(`Deleted ${artifacts} (${pluralize(versions, "version")})${alsoMissing(missing, "already deleted")}`, {
          action: { label: "Undo", run: () => restore.mutate({ removal }) },
        });
        refresh();
      },
      onError: toastError,
    }),
  );
}

function alsoMissing(missing: string[], state: string): string {
  return missing.length === 0 ? "" : `; ${missing.length} ${state}`;
}
