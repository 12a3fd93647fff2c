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

/** What was asked for and had gone before. */
function but(missing: string[]): string {
  return missing.length === 0 ? "" : `; ${missing.length} had gone before`;
}

/** Deletes versions at once, says how many went, and offers to undo it whole. */
export function useRemoveMany() {
  const api = useApi();
  const refresh = useRefresh();
  const restore = useMutation(
    api.artifact.restoreMany.mutationOptions({
      onSuccess: ({ restored, missing }) => {
        toast(`Restored ${pluralize(restored.length, "version")}${but(missing)}`);
        refresh();
      },
      onError: sayFailure,
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
        toast(`Deleted ${what}${but(missing)}`, {
          action: { label: "Undo", run: () => restore.mutate({ ids: removed.map(({ id }) => id) }) },
        });
        refresh();
      },
      onError: sayFailure,
    }),
  );
}

/** Deletes keys with all their versions, says how many went, and offers to undo it whole. */
export function useRemoveKeys() {
  const api = useApi();
  const refresh = useRefresh();
  const restore = useMutation(
    api.trash.restoreRemoval.mutationOptions({
      onSuccess: ({ versions }) => {
        toast(`Restored ${pluralize(versions, "version")}`);
        refresh();
      },
      onError: sayFailure,
    }),
  );
  return useMutation(
    api.collection.removeMany.mutationOptions({
      onSuccess: ({ removal, versions, missing }, { keys }) => {
        const gone = pluralize(keys.length - missing.length, "key");
        toast(`Deleted ${gone} with ${pluralize(versions, "version")}${but(missing)}`, {
          action: { label: "Undo", run: () => restore.mutate({ removal }) },
        });
        refresh();
      },
      onError: sayFailure,
    }),
  );
}
