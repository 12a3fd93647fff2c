"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useApi } from "#app/_data/client";
import { handleRemovalError } from "#app/_data/forced-removal";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import { keyHref } from "../../../_list/artifact-url";

/** Publishes a copy of a version as the latest, opens it, and offers Undo, which deletes the copy. */
export function MakeLatest({ id, onEnd }: { id: string; onEnd: () => void }) {
  const api = useApi();
  const router = useRouter();
  const refresh = useRefresh();
  const undo = useMutation(
    api.artifact.remove.mutationOptions({
      onSuccess: ({ key, version }) => {
        toast(`Deleted v${version} of ${key}`);
        refresh();
      },
      onError: (error, removal) => handleRemovalError(error, removal, (forced) => undo.mutate(forced)),
    }),
  );
  const { mutate } = useMutation(
    api.artifact.makeLatest.mutationOptions({
      onSuccess: ({ id, key, version, restoredFrom, unchanged }) => {
        if (unchanged) toast(`v${version}, the latest, has the same content already`);
        else {
          toast(`Published v${version}, restored from v${restoredFrom}`, {
            action: { label: "Undo", run: () => undo.mutate({ id }) },
          });
        }
        if (key !== null) router.push(keyHref(key));
        refresh();
      },
      onError: toastError,
      onSettled: onEnd,
    }),
  );
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    mutate({ id });
  }, [id, mutate]);
  return null;
}
