"use client";

import { useMutation } from "@tanstack/react-query";
import { useApi, useClient } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import type { Artifact } from "#contract/artifact";

/** A version as it was seen, of which the last change is undone. */
type Seen = Pick<Artifact, "id" | "updated">;

/** Undoes the last change of a version, and offers to undo that. Fails if it was changed since it was seen. */
export function useUndo() {
  const client = useClient();
  const refresh = useRefresh();
  const mutation = useMutation({
    mutationFn: async ({ id, updated }: Seen) => {
      const [last] = await client.artifact.revisions.query({ id, limit: 1 });
      if (!last) throw new Error("The change is no longer kept.");
      return client.artifact.revert.mutate({ id, revision: last.revision, ifUpdated: updated });
    },
    onSuccess: (row) => {
      toast("Change undone", { action: { label: "Redo", run: () => mutation.mutate(row) } });
      refresh();
    },
    onError: toastError,
  });
  return mutation;
}

/** Gives a version what it was before a change, and offers to undo that. */
export function useRevert() {
  const refresh = useRefresh();
  const undo = useUndo();
  return useMutation(
    useApi().artifact.revert.mutationOptions({
      onSuccess: (row, { revision }) => {
        toast(`Reverted to before change ${revision}`, { action: { label: "Undo", run: () => undo.mutate(row) } });
        refresh();
      },
      onError: toastError,
    }),
  );
}
