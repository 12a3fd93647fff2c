"use client";

import { useMutation } from "@tanstack/react-query";
import { useClient } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import { pluralize } from "#formats/number";
import { inverseChanges, type TagChange } from "./tag-changes";

/** What has tags: keys, or versions by their ids. */
export type Tagged = { keys: string[] } | { ids: string[] };

/** Adds and removes tags of keys or versions, and offers Undo. */
export function useTagMany(onDone: () => void) {
  const client = useClient();
  const refresh = useRefresh();
  const send = async (which: Tagged, change: TagChange & { reason?: string | null }) => {
    if ("keys" in which) {
      const { changed } = await client.collection.tagMany.mutate({ ...which, ...change });
      return changed.map(({ key, ...tags }) => ({ which: key, ...tags }));
    }
    const { changed } = await client.artifact.tagMany.mutate({ ...which, ...change });
    return changed.map(({ id, tags, previous }) => ({ which: id, tags, previous }));
  };
  const undo = useMutation({
    mutationFn: async ({ which, changed }: { which: Tagged; changed: Awaited<ReturnType<typeof send>> }) => {
      for (const { of, ...change } of inverseChanges(changed)) {
        await send("keys" in which ? { keys: of } : { ids: of }, change);
      }
    },
    onSuccess: () => toast("Tags changed back"),
    onError: toastError,
    onSettled: refresh,
  });
  const mutation = useMutation({
    mutationFn: async ({
      which,
      ...change
    }: {
      which: Tagged;
      add: string[];
      remove: string[];
      reason: string | null;
    }) => ({
      which,
      changed: await send(which, change),
    }),
    onSuccess: (result) => {
      const { changed, which } = result;
      const what = pluralize(changed.length, "keys" in which ? "artifact" : "version");
      if (changed.length === 0) toast("No tags changed");
      else toast(`Changed the tags of ${what}`, { action: { label: "Undo", run: () => undo.mutate(result) } });
      refresh();
      onDone();
    },
  });
  return { ...mutation, problem: mutation.error && toApiError(mutation.error).message };
}
