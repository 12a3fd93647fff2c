"use client";

import { useMutation } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { handleRemovalError } from "#app/_data/forced-removal";
import { toastError, useRefresh } from "#app/_data/mutation";
import { Confirm } from "#app/_ui/confirm";
import { toast } from "#app/_ui/toast";
import { pluralize } from "#formats/number";
import type { FoundArtifact } from "./commands";

/** Asks before an artifact is deleted with all its versions, and offers to undo it. */
export function DeleteArtifact({
  artifact: { key, versions },
  onClose,
}: {
  artifact: FoundArtifact;
  onClose: () => void;
}) {
  const api = useApi();
  const refresh = useRefresh();
  const restore = useMutation(
    api.trash.restoreRemoval.mutationOptions({
      onSuccess: (restored) => {
        toast(`Restored ${pluralize(restored.versions, "version")}`);
        refresh();
      },
      onError: toastError,
    }),
  );
  const deletion = useMutation(
    api.collection.remove.mutationOptions({
      onSuccess: (removed) => {
        const run = () => restore.mutate({ removal: removed.removal });
        toast(`Deleted ${key} (${pluralize(removed.versions, "version")})`, { action: { label: "Undo", run } });
        refresh();
      },
      onError: (error, removal) => handleRemovalError(error, removal, (forced) => deletion.mutate(forced)),
      onSettled: onClose,
    }),
  );
  return (
    <Confirm
      open
      title={`Delete ${key}?`}
      confirm={`Delete ${pluralize(versions, "version")}`}
      busy={deletion.isPending}
      withReason
      onConfirm={(why) => deletion.mutate({ key, ...why })}
      onClose={onClose}
    >
      {versions === 1 ? "Its only version" : `All ${pluralize(versions, "version")}`} will move to the trash.
    </Confirm>
  );
}
