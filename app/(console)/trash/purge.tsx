"use client";

import { useMutation } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import { pluralize } from "#formats/number";

/** Deletes for good, and says how many went. */
export function usePurge() {
  const refresh = useRefresh();
  return useMutation(
    useApi().trash.purge.mutationOptions({
      onSuccess: ({ purged }) => {
        toast(`Deleted ${pluralize(purged, "version")} for good`);
        refresh();
      },
      onError: (error) => toast(toApiError(error).message, { tone: "danger" }),
    }),
  );
}
