"use client";

import { useMutation } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import type { About, CollectionUpdate } from "#contract/about";

/** Saves facts of a key and offers Undo. `onConflict` gets the facts of now where they are not those of `about`. */
export function useSaveAbout(about: About | null, onDone: () => void, onConflict: (current: About | null) => void) {
  const api = useApi();
  const refresh = useRefresh();
  const undo = useMutation(
    api.collection.update.mutationOptions({
      onSuccess: () => toast("Change undone"),
      onError: toastError,
      onSettled: refresh,
    }),
  );
  const mutation = useMutation(
    api.collection.update.mutationOptions({
      onSuccess: ({ updated }, { key, ifUpdated, reason, ...changes }) => {
        const before = { key, ifUpdated: updated, ...valuesBefore(about, changes) };
        toast(`Saved ${Object.keys(changes).join(", ")} of ${key}`, {
          action: { label: "Undo", run: () => undo.mutate(before) },
        });
        refresh();
        onDone();
      },
      onError: (error) => {
        const { code, current } = toApiError(error);
        if (code === "CONFLICT") onConflict(isAbout(current) ? current : null);
      },
    }),
  );
  const error = mutation.error && toApiError(mutation.error);
  return { ...mutation, problem: error && error.code !== "CONFLICT" ? error.message : null };
}

/** Gives a key the facts that it had before a change. */
export function useRevertAbout() {
  const refresh = useRefresh();
  return useMutation(
    useApi().collection.update.mutationOptions({
      onSuccess: (_, { key }) => {
        toast(`Reverted the facts of ${key}`);
        refresh();
      },
      onError: toastError,
    }),
  );
}

/** The former values of the fields that were changed. */
function valuesBefore(about: About | null, changes: object): Partial<CollectionUpdate> {
  const before = about ?? { title: null, owner: null, description: null, tags: [], links: [] };
  return Object.fromEntries(Object.entries(before).filter(([field]) => field in changes));
}

function isAbout(value: unknown): value is About {
  return typeof value === "object" && value !== null && "updated" in value;
}
