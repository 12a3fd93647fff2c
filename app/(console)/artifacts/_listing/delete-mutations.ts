"use client";

import { useMutation } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { handleRemovalError } from "#app/_data/forced-removal";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import { pluralize } from "#formats/number";

export function useDeleteVersions(onDeleted: () => void) {
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
  const deletion = useMutation(
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
        onDeleted();
        refresh();
      },
      onError: (error, removal) => handleRemovalError(error, removal, (forced) => deletion.mutate(forced)),
    }),
  );
  return deletion;
}

export function useDeleteKeys(onDeleted: () => void) {
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
  const deletion = useMutation(
    api.collection.removeMany.mutationOptions({
      onSuccess: ({ removal, versions, missing }, { keys }) => {
        const artifacts = pluralize(keys.length - missing.length, "artifact");
        toast(`Deleted ${artifacts} (${pluralize(versions, "version")})${alsoMissing(missing, "already deleted")}`, {
          action: { label: "Undo", run: () => restore.mutate({ removal }) },
        });
        onDeleted();
        refresh();
      },
      onError: (error, removal) => handleRemovalError(error, removal, (forced) => deletion.mutate(forced)),
    }),
  );
  return deletion;
}

function alsoMissing(missing: string[], state: string): string {
  return missing.length === 0 ? "" : `; ${missing.length} ${state}`;
}
